namespace CdBackuper.Media.Verdicts;

/// <summary>What is known of one file's bytes.</summary>
public enum FileCondition
{
    /// <summary>Every byte was read.</summary>
    Perfect,

    /// <summary>It has all its bytes, but some of them come from a program before this one, and no attempt has read them from the disc.</summary>
    Unverified,

    /// <summary>Some bytes were read, some not.</summary>
    Damaged,

    /// <summary>No byte was read, or only the name is known.</summary>
    Lost,
}
