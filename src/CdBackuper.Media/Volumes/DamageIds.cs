namespace CdBackuper.Media.Volumes;

/// <summary>The stable identifiers of flaws. Programs rely on them: add, never rename.</summary>
public static class DamageIds
{
    /// <summary>A sector of the file system's own structures can't be read.</summary>
    public const string StructureUnreadable = "structure.unreadable";

    /// <summary>A file was not extracted, since the files together claim many times the length of the disc.</summary>
    public const string ExtractionLimit = "extraction.limit";

    /// <summary>The volume says that it is longer than the image or disc.</summary>
    public const string VolumeTruncated = "volume.truncated";

    /// <summary>A file's content lies, in part or in whole, past the end of the disc.</summary>
    public const string ExtentPastEnd = "extent.past-end";
}
