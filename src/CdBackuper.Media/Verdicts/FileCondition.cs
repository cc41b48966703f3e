namespace CdBackuper.Media.Verdicts;

/// <summary>What is known of one file's bytes.</summary>
public enum FileCondition
{
    /// <summary>Every byte was read.</summary>
    Perfect,

    /// <summary>Some bytes were read, some not.</summary>
    Damaged,

    /// <summary>No byte was read, or only the name is known.</summary>
    Lost,
}
