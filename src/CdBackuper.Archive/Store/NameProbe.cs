using System.Text;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Archive.Store;

/// <summary>Asks an archive's file system what names it takes, by making some: what it says of itself is another's word where a server stands behind it.</summary>
public static class NameProbe
{
    /// <param name="folder">A disc's folder, claimed.</param>
    /// <param name="names">The names that the disc has. Where all are ordinary nothing is made.</param>
    /// <returns>What is to be heeded of these names.</returns>
    public static NameRules Find(DiscFolder folder, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var rules = NameRules.Linux with { IgnoresCase = folder.IgnoresCase };
        string[] unusual = [.. names.Where(name => !NameRules.IsOrdinary(name))];
        if (unusual.Length == 0)
        {
            return rules;
        }

        var place = Path.Combine(folder.IncomingPath, "names");
        Directory.CreateDirectory(place);
        try
        {
            return Takes(place, "a") ? Ask(place, rules, unusual.Max(Encoding.UTF8.GetByteCount)) : rules; // full, say
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    private static NameRules Ask(string place, NameRules rules, int longest)
    {
        longest = Math.Min(longest, rules.MaxBytes);
        if (longest > NameRules.SureBytes && !Takes(place, new('x', longest)) && Takes(place, new('x', NameRules.SureBytes)))
        {
            rules = rules with { MaxBytes = NameRules.SureBytes };
        }

        // All in one, where all is well.
        return Takes(place, $"con.{NameRules.Special}.") && Takes(place, "a ") ? rules : rules with
        {
            Forbidden = string.Concat(NameRules.Special.Where(character => !Takes(place, $"a{character}b"))),
            ForbiddenAtEnd = string.Concat(NameRules.SpecialAtEnd.Where(character => !Takes(place, $"a{character}"))),
            HasDevices = !Takes(place, "con") || !Takes(place, "con.txt"),
        };
    }

    /// <returns>True where a file is there by the very name by which it was made.</returns>
    private static bool Takes(string place, string name)
    {
        var path = Path.Combine(place, name);
        try
        {
            File.Create(path).Dispose();
            return Directory.EnumerateFiles(place).Any(file => Path.GetFileName(file) == name);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
