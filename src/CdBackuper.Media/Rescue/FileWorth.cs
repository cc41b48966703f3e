namespace CdBackuper.Media.Rescue;

/// <summary>What kind of file it is, by its name: what people made comes before what can be had elsewhere.</summary>
public enum FileWorth
{
    /// <summary>A picture.</summary>
    Photograph,

    /// <summary>A text, a table, a letter.</summary>
    Document,

    /// <summary>Everything else.</summary>
    Other,
}
