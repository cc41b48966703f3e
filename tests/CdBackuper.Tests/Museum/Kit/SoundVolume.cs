using System.Text.RegularExpressions;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Media.Volumes.Composition;

namespace CdBackuper.Tests.Museum;

/// <summary>What must be true of a volume on any disc.</summary>
internal static partial class SoundVolume
{
    private const int MostDamages = 1100;
    private const int MostText = 1 << 16;
    private const int MostBootImages = 10_000;

    /// <summary>Far more than a disc has, and far less than where sums overflow.</summary>
    private const long MostBytes = 1L << 60;

    private const int MostCodedBytes = 16 << 20;

    public static void Check(IVolume volume, ISectorSource disc)
    {
        foreach (var entry in volume.Entries)
        {
            CheckEntry(entry);
        }

        var end = Math.Max(0, disc.SectorCount) * Sector.Size;
        // A directory may be said to lie past the end: it is needed, and lost.
        Require(volume.Structures.End <= MostBytes, $"structures end at {volume.Structures.End}, the disc at {end}");
        Require(volume.Format.Length is > 0 and < 100, $"the format is called '{volume.Format}'");
        Require(volume.LengthBytes is >= 0 and <= MostBytes, $"the volume has {volume.LengthBytes} bytes");
        Require(volume.SessionStart >= 0 && volume.SessionStart * Sector.Size < end, $"the session starts at {volume.SessionStart}");
        Require(volume.BootImages.Count <= MostBootImages, $"{volume.BootImages.Count} boot images");
        foreach (var text in volume.Creators.Concat(volume.Identifiers.Values).Append(volume.VolumeName).Append(volume.Uuid))
        {
            Require((text?.Length ?? 0) <= MostText, $"a text of {text?.Length} characters");
        }

        CheckDamages(volume is DiscContent content ? content.Main.Damages : volume.Damages);
        _ = VolumeSpace.UnownedOf(volume).TotalLength;
    }

    private static void CheckEntry(FileEntry entry)
    {
        var place = $"entry '{entry.Name[..Math.Min(80, entry.Name.Length)]}'";
        Require(entry.Name.Length <= MostText && entry.RawName.Length <= MostText, $"{place} has a long name");
        Require((entry.LinkTarget?.Length ?? 0) <= MostText, $"{place} has a long target");
        Require(entry.Size is >= 0 and <= MostBytes, $"{place} has {entry.Size} bytes");
        Require(entry.Kind is EntryKind.File or EntryKind.Stream || entry.Size == 0, $"{place} is {entry.Kind} and has bytes");
        if (entry.Extents is null)
        {
            return;
        }

        long sum = entry.Preamble.Length;
        foreach (var extent in entry.Extents)
        {
            Require(extent.Length > 0 && extent.Length <= MostBytes - sum, $"{place} has the extent {extent}");
            Require(extent.Start is >= Extent.Nowhere and <= MostBytes, $"{place} has the extent {extent}");
            Require(
                !extent.IsCoded || (extent is { IsStored: true, ZlibLength: <= MostCodedBytes, Length: <= MostCodedBytes }),
                $"{place} has the extent {extent}");
            sum += extent.Length;
        }

        Require(sum == entry.Size, $"{place} has {entry.Size} bytes, its extents {sum}");
    }

    private static void CheckDamages(IReadOnlyList<Damage> damages)
    {
        Require(damages.Count <= MostDamages, $"{damages.Count} flaws");
        foreach (var damage in damages)
        {
            Require(Id().IsMatch(damage.Id), $"a flaw is called '{damage.Id}'");
            Require(damage.Sector is null or >= 0, $"{damage.Id} at sector {damage.Sector}");
            Require(damage.Detail.Length is > 0 and < 1000, $"{damage.Id} has a detail of {damage.Detail.Length} characters");
            Require(!damage.Detail.Any(char.IsControl), $"{damage.Id} has control characters in its detail");
        }
    }

    private static void Require(bool isSound, string flaw)
    {
        if (!isSound)
        {
            throw new UnsoundException(flaw);
        }
    }

    [GeneratedRegex(@"^[a-z]+(\.[a-z-]+)+$")]
    private static partial Regex Id();
}
