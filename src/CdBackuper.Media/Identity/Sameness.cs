namespace CdBackuper.Media.Identity;

/// <summary>Whether the disc in the drive is a disc that the archive knows.</summary>
public enum Sameness
{
    /// <summary>Proven: sectors agree and none contradicts.</summary>
    Same,

    /// <summary>Disproven: a sector reads differently.</summary>
    Other,

    /// <summary>Too little could be compared. Treated as another disc: nothing is mixed.</summary>
    Unsure,
}
