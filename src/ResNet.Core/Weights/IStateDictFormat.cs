namespace ResNet.Weights;

/// <summary>A format of weights: recognised by its first bytes, then read as an index of tensors without their values.</summary>
internal interface IStateDictFormat
{
    /// <summary>The name in messages, such as "safetensors (.safetensors)".</summary>
    string Description { get; }

    bool Recognizes(ReadOnlySpan<byte> head);

    /// <summary>Reads the index; every size and offset is checked against the file before anything is allocated by it.</summary>
    /// <exception cref="WeightsFormatException">Anything is wrong with the file.</exception>
    StateDictContents Read(ByteSource source, StateDictReadOptions options);
}
