using FluentAssertions.Execution;
using FluentAssertions.Primitives;

namespace ResNet.Core.Tests.Weights;

internal static class TensorAssertions
{
    public static TensorAssertion Should(this Tensor tensor) => new(tensor);

    internal sealed class TensorAssertion(Tensor tensor) : ReferenceTypeAssertions<Tensor, TensorAssertion>(tensor)
    {
        protected override string Identifier => "tensor";

        /// <summary>Same type, same shape, same bits.</summary>
        public void HaveEqualValues(Tensor expected, string because = "")
        {
            using var mine = Subject.contiguous();
            using var other = expected.contiguous();
            bool equal = Subject.dtype == expected.dtype
                && Subject.shape.AsSpan().SequenceEqual(expected.shape)
                && (expected.numel() == 0 || mine.bytes.SequenceEqual(other.bytes));
            Execute.Assertion.BecauseOf(because).ForCondition(equal).FailWith("Expected {0} to equal {1} bit by bit{reason}.", Subject.ToString(), expected.ToString());
        }
    }
}
