using ResNet.Imaging;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.Cli.Tests;

/// <summary>What the command line may say about a file of weights, and what it must.</summary>
public sealed class WeightsOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("- Residual is True in the file, False on the command line", "--plain")]
    [InlineData("- ClassCount is 3 in the file, 7 on the command line", "--classes", "7")]
    [InlineData("- Block is Basic in the file, Bottleneck on the command line", "--block", "bottleneck")]
    public void An_option_that_contradicts_the_file_is_refused_without_arch_too(string difference, params string[] options)
    {
        foreach (string[] command in new[] { ["summary", WeightsFiles.Version1], new[] { "classify", "photo.png", "--weights", WeightsFiles.Version1 } })
        {
            var (code, output, errors) = ResnetProcess.Run([.. command, .. options]);

            code.Should().Be(2);
            output.Should().BeEmpty();
            errors.Should().Contain(difference);
        }
    }

    [Fact]
    public void An_option_that_says_what_the_file_says_is_welcome()
    {
        var (code, _, errors) = ResnetProcess.Run("summary", WeightsFiles.Version1, "--classes", "3", "--zero-padding", "both", "--block", "basic");

        code.Should().Be(0, errors);
    }

    [Fact]
    public void NaN_in_the_weights_to_begin_with_is_blamed_on_the_file_and_the_tensor()
    {
        PicturesOnDisk.Write(_folder.PathTo("data"), trainCount: 24, testCount: 12);
        string weights = _folder.PathTo("broken.safetensors");
        using (var model = new ResNetModel(ResNetOptions.Cifar(8)))
        using (torch.no_grad())
        {
            model.state_dict()["layer2.0.bn1.running_var"].fill_(double.NaN);
            model.SaveWeights(weights, new ModelDescription { Options = model.Options, Preprocessing = Preprocessing.Cifar10 });
        }

        var (code, _, errors) = ResnetProcess.Run("train", "--data", _folder.PathTo("data"), "--weights", weights, "--output", _folder.PathTo("run"));

        code.Should().Be(1);
        errors.Should().Contain($"{weights}: 32 of the 32 values of 'layer2.0.bn1.running_var' are NaN or infinite").And.NotContain("bfloat16").And.NotContain("learning rate");
    }

    [Fact]
    public void Another_normalization_than_the_files_is_refused()
    {
        var (code, _, errors) = ResnetProcess.Run("classify", "photo.png", "--weights", WeightsFiles.Version1, "--normalization", "none");

        code.Should().Be(2);
        errors.Should().Contain("mean 0.5 0.25 0.125, std 0.2 0.3 0.4, but --normalization says mean 0 0 0, std 1 1 1");
    }

    [Fact]
    public void Of_two_networks_in_a_file_a_prefix_says_which_and_the_message_proposes_it()
    {
        string weights = _folder.PathTo("two.safetensors");
        using (var model = new ResNetModel(ResNetOptions.Cifar(8)))
        {
            var state = model.state_dict();
            SafeTensorsWriter.Write(
                weights, new[] { "model.", "model_ema.module." }.SelectMany(prefix => state.Select(pair => new KeyValuePair<string, torch.Tensor>(prefix + pair.Key, pair.Value))));
        }

        var refused = ResnetProcess.Run("summary", weights, "--arch", "resnet8-cifar");
        var read = ResnetProcess.Run("summary", weights, "--arch", "resnet8-cifar", "--prefix", "model_ema.");

        refused.ExitCode.Should().Be(1);
        refused.Errors.Should().Contain("under 'model.' and 'model_ema.module.'; say which with --prefix.");
        read.ExitCode.Should().Be(0, read.Errors);
        read.Errors.Should().Contain("44 tensors have other names there (model_ema.module.");
    }

    [Fact]
    public void Another_network_is_refused_with_options_of_the_command_line()
    {
        string weights = WeightsFiles.Save(_folder.PathTo("eight.safetensors"), null, null);
        WeightsFiles.RemoveDescription(weights);

        var (code, _, errors) = ResnetProcess.Run("summary", weights, "--arch", "resnet14-cifar", "--classes", "3");

        code.Should().Be(1);
        errors.Should().Contain("by --prefix or --root.").And.NotContain("Strict");
    }

    [Fact]
    public void A_file_that_says_nothing_needs_arch_and_what_is_assumed_is_said()
    {
        string weights = WeightsFiles.Save(_folder.PathTo("bare.safetensors"), null, null);
        WeightsFiles.RemoveDescription(weights);
        string photo = _folder.PathTo("photo.png");
        ImageEncoder.SavePng(new RgbImage(32, 32, new byte[32 * 32 * 3]), photo);

        var guessed = ResnetProcess.Run("classify", photo, "--weights", weights);
        var summary = ResnetProcess.Run("summary", weights);
        var said = ResnetProcess.Run("classify", photo, "--weights", weights, "--arch", "resnet8-cifar", "--classes", "3", "--normalization", "none");

        guessed.ExitCode.Should().Be(2);
        guessed.Errors.Should().Contain($"{weights} does not say which network it belongs to. Say it with --arch");
        summary.ExitCode.Should().Be(0);
        summary.Output.Should().Contain("fc.weight").And.Contain("safetensors, 44 tensors");
        summary.Errors.Should().Contain($"{weights} does not say which network it belongs to. With --arch");
        said.ExitCode.Should().Be(0, said.Errors);
        said.Output.Should().Contain("class 2");
        said.Errors.Should().Contain($"{weights} does not say how pictures are prepared; assuming shorter side to 32, crop of 32, mean 0 0 0, std 1 1 1.");
    }

    [Fact]
    public void The_newest_run_is_suggested_but_not_taken()
    {
        foreach (var (run, hour) in new[] { ("a", 2), ("b", 1) })
        {
            string path = Path.Combine(Directory.CreateDirectory(_folder.PathTo("runs", run)).FullName, "best.safetensors");
            File.Copy(WeightsFiles.Version1, path);
            File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, 1, hour, 0, 0, DateTimeKind.Utc));
        }

        using var process = new ResnetProcess(_folder.Root, "classify", "photo.png");
        var (code, _, errors) = process.Finish();

        code.Should().Be(1, "there is no such photo");
        errors.Should().Contain("the built-in ResNet-20").And.Contain($"--weights {Path.Combine("runs", "a", "best.safetensors")} takes your newest run");
    }

    public void Dispose() => _folder.Dispose();
}
