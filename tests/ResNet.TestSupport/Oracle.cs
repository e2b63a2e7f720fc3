namespace ResNet.TestSupport;

public static class Oracle
{
}
