using System.Buffers;
using System.Text;

namespace CdBackuper.Media.Volumes;

/// <summary>What an archive's file system takes for names: those of FAT, NTFS and of file servers take less than Linux's own.</summary>
public sealed record NameRules
{
    /// <summary>What some file system or other refuses in a name.</summary>
    public const string Special = "\\:*?\"<>|";

    /// <summary>What some refuse, or leave out, at a name's end.</summary>
    public const string SpecialAtEnd = ". ";

    /// <summary>Bytes of a name that every file system takes: eCryptfs, which encrypts names, takes no more.</summary>
    public const int SureBytes = 143;

    private static readonly SearchValues<char> SpecialCharacters = SearchValues.Create(Special);

    private static readonly string[] Devices = ["con", "prn", "aux", "nul"];

    /// <summary>Everything but '/' and NUL, in 255 bytes.</summary>
    public static NameRules Linux { get; } = new();

    /// <summary>True where names that differ in case alone are one.</summary>
    public bool IgnoresCase { get; init; }

    /// <summary>Characters that no name may have.</summary>
    public string Forbidden { get; init; } = "";

    /// <summary>Characters with which no name may end.</summary>
    public string ForbiddenAtEnd { get; init; } = "";

    /// <summary>True where no file may be called as a device of DOS, whatever its extension.</summary>
    public bool HasDevices { get; init; }

    /// <summary>Bytes of a name, in UTF-8.</summary>
    public int MaxBytes { get; init; } = PathComponent.MaxBytes;

    /// <summary>How names are told apart.</summary>
    public StringComparer Comparer => IgnoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <returns>False for a name that some file system may not take as it is.</returns>
    public static bool IsOrdinary(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length > 0
            && !name.AsSpan().ContainsAny(SpecialCharacters)
            && !SpecialAtEnd.Contains(name[^1], StringComparison.Ordinal)
            && !IsDevice(name)
            && (name.Length <= SureBytes / 3 || Encoding.UTF8.GetByteCount(name) <= SureBytes);
    }

    /// <returns>The name, with '_' for what is not taken, and before a device's. Not cut.</returns>
    internal string Fit(string name)
    {
        foreach (var character in Forbidden)
        {
            name = name.Replace(character, '_');
        }

        return HasDevices && IsDevice(name) ? "_" + name : name;
    }

    /// <returns>The name, cut already, with '_' for an end that is not taken.</returns>
    internal string FitEnd(string name) => name.Length > 0 && ForbiddenAtEnd.Contains(name[^1], StringComparison.Ordinal) ? name[..^1] + "_" : name;

    private static bool IsDevice(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var stem = (dot < 0 ? name : name[..dot]).TrimEnd(' ');
        return stem.Length switch
        {
            3 => Devices.Contains(stem, StringComparer.OrdinalIgnoreCase),
            4 => char.IsAsciiDigit(stem[3])
                && (stem.StartsWith("com", StringComparison.OrdinalIgnoreCase) || stem.StartsWith("lpt", StringComparison.OrdinalIgnoreCase)),
            _ => false,
        };
    }
}
