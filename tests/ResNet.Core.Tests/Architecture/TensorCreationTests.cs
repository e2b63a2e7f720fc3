using System.Reflection;
using System.Text.RegularExpressions;
using TorchSharp;

namespace ResNet.Core.Tests.Architecture;

/// <summary>
/// Torch's defaults for element type and device belong to the host, which may change them at any time. Whatever makes a tensor or a layer under <c>src</c> therefore
/// names both. The names of what makes them are TorchSharp's own, found by reflection, so that none is forgotten.
/// </summary>
public sealed class TensorCreationTests
{
    /// <summary>A type given to its constructor changes the counter of batches too; what it makes is converted there.</summary>
    private const string NormalizationFactory = "Layers/Normalizations.cs";

    private static readonly string[] Creators = [.. NamesOf(typeof(torch)).Where(name => !name.EndsWith("_like", StringComparison.Ordinal)), .. NamesOf(typeof(torch.nn))];

    [Fact]
    public void Whatever_makes_a_tensor_names_its_element_type_and_device() =>
        SourceFile.All().Where(file => file.Path != NormalizationFactory).SelectMany(Unnamed).Should().BeEmpty();

    [Fact]
    public void Tensors_are_made_by_named_methods_and_not_by_conversion() =>
        SourceFile.All().Where(file => Regex.IsMatch(file.Code, @"\(Tensor\)\s*[\w(\[]|\bTensor \w+ = -?[0-9]|\.ToTensor\(|\.new_(empty|zeros|ones|full)\(", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)))
            .Select(file => $"{file.Project}/{file.Path}").Should().BeEmpty();

    [Theory]
    [InlineData("var a = torch.empty(count, Size(b, c));", "torch.empty(count, Size(b, c))")]
    [InlineData("var a = torch.zeros([2], dtype: torch.float32);", "torch.zeros([2], dtype: torch.float32)")]
    [InlineData("_a = Conv2d(3, 8, 1, device: Place);", "Conv2d(3, 8, 1, device: Place)")]
    [InlineData("_a = nn.Linear(3, 8);", "Linear(3, 8)")]
    [InlineData("_a = torch.ones(F(dtype: x, device: y));", "torch.ones(F(dtype: x, device: y))")]
    [InlineData("_a = torch.ones(F(x), dtype: y, device: z);", null)]
    [InlineData("_a = torch.zeros_like(x);", null)]
    public void The_search_finds_what_names_them_not(string code, string? found) =>
        Unnamed("", code).Should().Equal(found is null ? [] : [found]);

    [Fact]
    public void The_usual_methods_are_among_those_searched_for() =>
        Creators.Should().Contain(["empty", "zeros", "ones", "full", "tensor", "arange", "rand", "randn", "randint", "randperm", "from_array", "from_file", "Conv2d", "Linear", "BatchNorm2d"]);

    private static IEnumerable<string> Unnamed(SourceFile file) => Unnamed($"{file.Project}/{file.Path}: ", file.Code);

    private static IEnumerable<string> Unnamed(string prefix, string code)
    {
        string names = string.Join('|', Creators);
        foreach (Match match in Regex.Matches(code, $@"(?:(?<![\w.])torch\.|(?<![\w.]))(?<name>{names})(?:<\w+>)?\(|(?<=\bnn\.)(?<name>{names})\(", RegexOptions.None, TimeSpan.FromSeconds(5)))
        {
            bool isModule = char.IsUpper(match.Groups["name"].Value[0]);
            if (!isModule && !match.Value.StartsWith("torch.", StringComparison.Ordinal))
            {
                // A method of our own; torch's functions are never called without its name.
                continue;
            }

            string call = Call(code, match.Index, out string own);
            if (!own.Contains("dtype:", StringComparison.Ordinal) || !own.Contains("device:", StringComparison.Ordinal))
            {
                yield return prefix + call;
            }
        }
    }

    /// <summary>The call that starts here, and its arguments without those of calls within.</summary>
    private static string Call(string code, int start, out string own)
    {
        var arguments = new System.Text.StringBuilder();
        int depth = 0, end = code.IndexOf('(', start);
        do
        {
            char c = code[end++];
            depth += c is '(' or '[' or '{' ? 1 : c is ')' or ']' or '}' ? -1 : 0;
            if (depth == 1)
            {
                arguments.Append(c);
            }
        }
        while (depth > 0 && end < code.Length);
        own = arguments.ToString();
        return code[start..end];
    }

    private static IEnumerable<string> NamesOf(Type type) => type.GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Where(method => method.GetParameters().Any(parameter => parameter.ParameterType == typeof(torch.ScalarType?))
            && method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Device)))
        .Select(method => method.Name).Distinct();
}
