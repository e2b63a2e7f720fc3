using System.Runtime.Intrinsics;

namespace ResNet.Compilation;

/// <summary>Numbers of a map as vectors of floats, however they are stored. Places are counted in numbers.</summary>
internal unsafe interface IMapNumbers
{
    static abstract Vector512<float> Load(void* map, long place);

    static abstract void Store(void* map, long place, Vector512<float> values);
}
