using ResNet.TestSupport.Checkpoints;
using ResNet.Weights;

namespace ResNet.Core.Tests.Weights;

/// <summary>Where in a checkpoint the weights are found, and what may lie beside them.</summary>
public sealed class CheckpointTests
{
    [Theory]
    [InlineData("state_dict", "state_dict", "optimizer")]
    [InlineData("model", "model", "model_ema")]
    [InlineData("model_ema", "epoch", "model_ema")]
    [InlineData("model_state", "model_state", "ema")]
    [InlineData("net", "net", "acc")]
    [InlineData("backbone", "backbone", "note")]
    public void The_weights_are_found_under(string root, params string[] keys)
    {
        using var file = Open(pickle => Dictionary(pickle, [.. keys.Select(key => (key, key is "epoch" or "acc" or "note" ? (Action<PickleBytes>)(p => p.Number(7)) : key == "optimizer" ? Optimizer : State))]));

        file.Root.Should().Be(root);
        file.Entries.Select(entry => entry.Name).Should().Equal("weight");
    }

    [Fact]
    public void Weights_under_two_keys_are_found()
    {
        using var file = Open(pickle => Dictionary(pickle, ("model", inner => Dictionary(inner, ("state_dict", State), ("epoch", p => p.Number(3))))));

        file.Root.Should().Be("model.state_dict");
        using var weight = file.Read("weight");
        weight.data<float>().ToArray().Should().Equal(0, 1, 2, 3, 4, 5);
    }

    [Fact]
    public void A_random_state_beside_the_weights_is_not_taken_for_them()
    {
        using var file = Open(pickle => Dictionary(pickle, ("rng_state", Tensor), ("model", State)));

        file.Root.Should().Be("model");
    }

    [Fact]
    public void Root_chooses_and_keys_may_have_dots()
    {
        Action<PickleBytes> content = pickle => Dictionary(pickle, ("model", State), ("student.ema", inner => Dictionary(inner, ("net", State))));

        using var file = Open(content, new StateDictReadOptions { Root = "student.ema.net" });

        file.Root.Should().Be("student.ema.net");
        Opening(content, new StateDictReadOptions { Root = "student.net" }).Should().Throw<WeightsFormatException>()
            .WithMessage("*there is nothing under Root = 'student.net': the file holds a dictionary with 'model', 'student.ema' where 'student.net' is looked for.");
    }

    [Fact]
    public void Several_dictionaries_of_unknown_names_must_be_chosen_from() =>
        Opening(pickle => Dictionary(pickle, ("generator", State), ("critic", State)))
            .Should().Throw<WeightsFormatException>().WithMessage("*it holds several dictionaries of tensors: 'generator', 'critic'. Say which one with Root (--root).");

    [Fact]
    public void A_file_without_weights_says_what_it_holds()
    {
        Opening(pickle => Dictionary(pickle, ("epoch", p => p.Number(3)), ("lr", p => p.Number(1))))
            .Should().Throw<WeightsFormatException>().WithMessage("*the file holds a dictionary with 'epoch', 'lr'. Save model.state_dict()*");
        Opening(Tensor).Should().Throw<WeightsFormatException>().WithMessage("*the file holds a single tensor.*");
        Opening(pickle => pickle.Op(PickleOp.EmptyList)).Should().Throw<WeightsFormatException>().WithMessage("*the file holds a list.*");
    }

    [Fact]
    public void Foreign_objects_are_refused_by_name_and_inert_when_allowed()
    {
        // argparse.Namespace with attributes, and a numpy number made by a call of a call.
        Action<PickleBytes> content = pickle => Dictionary(
            pickle,
            ("args", p => p.Global("argparse", "Namespace").Op(PickleOp.EmptyTuple).Op(PickleOp.NewObj).Op(PickleOp.EmptyDict).Op(PickleOp.Build)),
            ("best", p => p.Global("numpy.core.multiarray", "scalar").Global("numpy", "dtype").Text("f8").Op(PickleOp.Tuple1).Op(PickleOp.Reduce).Op(PickleOp.Tuple1).Op(PickleOp.Reduce)),
            ("model", State));

        Opening(content).Should().Throw<WeightsFormatException>().WithMessage("*the Python object 'argparse.Namespace'*nothing of the file was executed*AllowUnknownGlobals = true*");
        using var file = Open(content, new StateDictReadOptions { AllowUnknownGlobals = true });

        file.Placeholders.Should().Equal("argparse.Namespace", "numpy.core.multiarray.scalar", "numpy.dtype");
        using var weight = file.Read("weight");
        weight.shape.Should().Equal(2, 3);
    }

    [Fact]
    public void What_schedules_and_optimisers_pickle_needs_no_permission()
    {
        using var file = Open(pickle => Dictionary(
            pickle,
            ("milestones", p => p.Global("collections", "Counter").Op(PickleOp.EmptyDict).Op(PickleOp.Tuple1).Op(PickleOp.Reduce)),
            ("device", p => p.Global("torch", "device").Text("cpu").Op(PickleOp.Tuple1).Op(PickleOp.Reduce)),
            ("optimizer", Optimizer),
            ("state_dict", State)));

        file.Root.Should().Be("state_dict");
        file.Placeholders.Should().BeEmpty();
    }

    [Fact]
    public void A_lazy_conjugate_is_refused_instead_of_read_wrong() =>
        Opening(pickle => Dictionary(pickle, ("weight", p =>
        {
            p.Global("torch._utils", "_rebuild_tensor_v2").Op(PickleOp.Mark);
            new PickledTensor().WriteStorageTo(p);
            p.Number(0).Numbers(2, 3).Numbers(3, 1).Op(PickleOp.NewFalse).OrderedDict();
            p.Op(PickleOp.EmptyDict).Text("conj").Op(PickleOp.NewTrue).Op(PickleOp.SetItem).Op(PickleOp.Tuple).Op(PickleOp.Reduce);
        }
        ))).Should().Throw<WeightsFormatException>().WithMessage("*resolve_conj*");

    private static void State(PickleBytes pickle) => Dictionary(pickle, ("weight", Tensor), ("step", p => p.Number(5)));

    private static void Optimizer(PickleBytes pickle) => Dictionary(pickle, ("state", p => p.Op(PickleOp.EmptyDict).Number(0).Op(PickleOp.EmptyList).Op(PickleOp.SetItem)));

    private static void Tensor(PickleBytes pickle) => new PickledTensor().WriteTo(pickle);

    private static void Dictionary(PickleBytes pickle, params (string Key, Action<PickleBytes> Value)[] pairs)
    {
        pickle.Op(PickleOp.EmptyDict).Op(PickleOp.Mark);
        foreach (var (key, value) in pairs)
        {
            value(pickle.Text(key));
        }

        pickle.Op(PickleOp.SetItems);
    }

    private static Func<StateDictFile> Opening(Action<PickleBytes> content, StateDictReadOptions? options = null) => () => Open(content, options);

    private static StateDictFile Open(Action<PickleBytes> content, StateDictReadOptions? options = null)
    {
        var pickle = PickleBytes.Protocol();
        content(pickle);
        return StateDictFile.Open(new MemoryStream(CheckpointBytes.Zip(pickle.Stop()).ToArray()), "checkpoint", options);
    }
}
