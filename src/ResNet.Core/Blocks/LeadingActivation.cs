namespace ResNet.Blocks;

/// <summary>Where the first batch normalisation and ReLU of a pre-activation block stand ("Identity Mappings", section 4).</summary>
public enum LeadingActivation
{
    /// <summary>Nowhere: the stem before the very first block has normalised and activated already.</summary>
    None,

    /// <summary>Before the split, so that branch and shortcut both see the result: the first block of a stage.</summary>
    BeforeSplit,

    /// <summary>In the branch only, so that the shortcut is a clean identity: every other block.</summary>
    InBranch,
}
