using System.Text;

namespace CdBackuper.Media.Volumes;

/// <summary>Makes names from a disc fit to be one component of a path on Linux.</summary>
internal static class PathComponent
{
    /// <summary>NAME_MAX of Linux file systems, in bytes.</summary>
    public const int MaxBytes = 255;

    /// <summary>A longer "extension" is no extension.</summary>
    private const int MaxExtensionBytes = 32;

    /// <returns>
    /// The name with '/', NUL and control characters as '_' and lone surrogates as U+FFFD; "_" for an empty name and as
    /// many '_' as there were dots for "." and "..". Not cut.
    /// </returns>
    public static string Clean(string name)
    {
        if (name is "" or "." or "..")
        {
            return name is ".." ? "__" : "_";
        }

        return IsClean(name) ? name : Replace(name);
    }

    /// <returns>
    /// Where the extension begins: the last dot, if it neither begins nor ends the name; else the name's end.
    /// </returns>
    public static int ExtensionStart(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot > 0 && dot < name.Length - 1 && Encoding.UTF8.GetByteCount(name.AsSpan(dot)) <= MaxExtensionBytes
            ? dot
            : name.Length;
    }

    /// <returns>
    /// The beginning of <paramref name="text"/> that takes at most <paramref name="maxBytes"/>, on a rune's boundary.
    /// </returns>
    public static string Cut(string text, int maxBytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= maxBytes)
        {
            return text;
        }

        var (bytes, length) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > maxBytes)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }

    private static bool IsClean(string name)
    {
        foreach (var character in name)
        {
            if (character == '/' || char.IsControl(character) || char.IsSurrogate(character))
            {
                return false;
            }
        }

        return true;
    }

    private static string Replace(string name)
    {
        var clean = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes()) // gives U+FFFD for lone surrogates
        {
            clean.Append(rune.Value == '/' || Rune.IsControl(rune) ? "_" : rune.ToString());
        }

        return clean.ToString();
    }
}
