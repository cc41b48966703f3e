namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>What belongs to the form of names and fields in ISO 9660, and not to what they say.</summary>
internal static class IsoText
{
    private const int MaxVersionDigits = 5;

    /// <returns>A descriptor's field without the blanks or NULs that fill it; null where it is empty.</returns>
    public static string? Trim(string text)
    {
        var trimmed = text.Trim(' ', '\0');
        return trimmed.Length == 0 ? null : trimmed;
    }

    /// <summary>
    /// Takes the version (ECMA-119 §7.5.1: SEPARATOR 2 and up to five digits) off a file's name, then the separator 1
    /// that the standard demands even where there is no extension. A name with several dots is not of levels 1 to 3, so
    /// its last dot is part of it.
    /// </summary>
    public static string FileName(string name)
    {
        var bare = WithoutVersion(name);
        return bare.Length > 1 && bare.IndexOf('.', StringComparison.Ordinal) == bare.Length - 1 ? bare[..^1] : bare;
    }

    public static string WithoutVersion(string name)
    {
        var separator = name.LastIndexOf(';');
        var digits = separator < 0 ? [] : name.AsSpan(separator + 1);
        return digits.Length is > 0 and <= MaxVersionDigits && !digits.ContainsAnyExceptInRange('0', '9')
            ? name[..separator]
            : name;
    }
}
