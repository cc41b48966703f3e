namespace CdBackuper.Archive.Format;

/// <summary>The outcome words of status.json, as the predecessor wrote them.</summary>
public static class StatusWords
{
    /// <summary>Every file is whole (or, without extraction, the image).</summary>
    public const string Success = "success";

    /// <summary>Something was archived, something is missing.</summary>
    public const string Partial = "partial";

    /// <summary>Nothing could be read, or the attempt broke off before anything was archived.</summary>
    public const string Failed = "failed";
}
