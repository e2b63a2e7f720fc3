using System.Text.Json.Nodes;

namespace ResNet.Training.Tests;

public sealed class OptionDifferencesTests
{
    [Fact]
    public void The_same_options_in_another_order_do_not_differ() =>
        Between("""{"a": {"x": 1, "y": [1, 2]}, "b": null}""", """{"b": null, "a": {"y": [1, 2], "x": 1}}""").Should().BeEmpty();

    [Fact]
    public void Every_difference_is_named_with_its_place_and_both_values() =>
        Between(
            """{"training": {"seed": 0, "mixing": null, "schedule": "Step"}, "labels": ["cat", "dog"], "old": true}""",
            """{"training": {"seed": 1, "mixing": "CutMix", "schedule": "Cosine"}, "labels": ["cat", "fox"], "new": {"x": 1}}""")
        .Should().Equal(
            "training.seed was 0, now 1",
            "training.mixing was not set, now 'CutMix'",
            "training.schedule was 'Step', now 'Cosine'",
            "labels[1] was 'dog', now 'fox'",
            "old was true, now not set",
            """new was not set, now {"x":1}""");

    [Fact]
    public void Lists_of_other_lengths_are_counted_and_long_texts_cut()
    {
        string differences = Between($$"""{"labels": ["a", "b"], "text": "{{new string('x', 200)}}"}""", """{"labels": ["a"], "text": "y"}""")
            .Aggregate((first, second) => $"{first}\n{second}");

        differences.Should().Be($"labels was 2 values, now 1 values\ntext was '{new string('x', 79)}…, now 'y'");
    }

    [Fact]
    public void Numbers_are_compared_by_value() => Between("""{"rate": 0.1}""", """{"rate": 1e-1}""").Should().BeEmpty();

    private static IReadOnlyList<string> Between(string saved, string now) =>
        OptionDifferences.Between(JsonNode.Parse(saved)!.AsObject(), JsonNode.Parse(now)!.AsObject());
}
