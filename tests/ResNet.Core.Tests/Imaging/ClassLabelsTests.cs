namespace ResNet.Imaging;

public sealed class ClassLabelsTests
{
    [Fact]
    public void Names_keep_their_order_and_are_found_again()
    {
        ClassLabels labels = ClassLabels.Cifar10;
        labels.Count.Should().Be(10);
        (labels[0], labels[3], labels[9]).Should().Be(("airplane", "cat", "truck"));
        labels.IndexOf("frog").Should().Be(6);
        labels.IndexOf("Frog").Should().Be(-1);
        labels.Should().HaveCount(10).And.StartWith("airplane");
        labels.ToString().Should().Be("10 classes: airplane, automobile, bird, …");
    }

    [Fact]
    public void Equal_names_make_equal_labels()
    {
        new ClassLabels(["a", "b"]).Equals(new ClassLabels(new List<string> { "a", "b" })).Should().BeTrue();
        new ClassLabels(["a", "b"]).GetHashCode().Should().Be(new ClassLabels(["a", "b"]).GetHashCode());
        new ClassLabels(["a", "b"]).Equals(new ClassLabels(["b", "a"])).Should().BeFalse();
    }

    [Fact]
    public void A_name_may_occur_twice() => new ClassLabels(["crane", "dog", "crane"]).IndexOf("crane").Should().Be(0);

    [Fact]
    public void Missing_names_are_refused()
    {
        ((Action)(() => _ = new ClassLabels([]))).Should().Throw<ArgumentException>().WithMessage("There must be at least one class name.*");
        ((Action)(() => _ = new ClassLabels(["a", " "]))).Should().Throw<ArgumentException>().WithMessage("The name of class 1 is blank*");
        ((Action)(() => _ = ClassLabels.Cifar10[10])).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData("CAR", "sports car", "cat")]
    [InlineData("Airplan", "airplane", "cat")]
    public void The_nearest_names_contain_what_was_looked_for_or_are_spelled_alike(string wanted, string first, string second) =>
        new ClassLabels(["airplane", "automobile", "sports car", "cat", "deer", "cat"]).Nearest(wanted, 2).Should().Equal(first, second);
}
