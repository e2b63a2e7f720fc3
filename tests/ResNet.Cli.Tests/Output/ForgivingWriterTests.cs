using System.Text;

namespace ResNet.Cli.Tests;

public sealed class ForgivingWriterTests
{
    [Fact]
    public void Talk_is_tried_again_after_a_failure()
    {
        var target = new FullWriter { IsFull = true };
        using var writer = new ForgivingWriter(target);

        writer.WriteLine("lost");
        target.IsFull = false;
        writer.WriteLine("kept");

        target.Text.Should().Be("kept" + Environment.NewLine);
    }

    [Fact]
    public void A_result_ends_with_the_first_failure()
    {
        var target = new FullWriter();
        var failures = new List<string>();
        using var writer = new ForgivingWriter(target, failures.Add);

        writer.WriteLine("first");
        target.IsFull = true;
        writer.WriteLine("second");
        target.IsFull = false;
        writer.WriteLine("third");

        target.Text.Should().Be("first" + Environment.NewLine);
        failures.Should().Equal("the disk is full");
    }

    [Fact]
    public void What_was_closed_from_the_beginning_is_a_failure_of_the_first_text()
    {
        var failures = new List<string>();
        using var writer = new ForgivingWriter(null, failures.Add);
        failures.Should().BeEmpty();

        writer.Write('x');

        failures.Should().Equal("it is closed");
    }

    [Fact]
    public void A_reader_that_is_gone_is_a_failure()
    {
        var failures = new List<string>();
        using var writer = new ForgivingWriter(new FullWriter(), failures.Add, () => true);

        writer.Write("text");

        failures.Should().Equal(Terminal.NobodyReads);
    }

    private sealed class FullWriter : TextWriter
    {
        private readonly StringBuilder _text = new();

        public bool IsFull { get; set; }

        public string Text => _text.ToString();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            if (IsFull)
            {
                throw new IOException("the disk is full");
            }

            _text.Append(value);
        }
    }
}
