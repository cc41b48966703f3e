using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Archive;
using CdBackuper.Tests.Volumes;

namespace CdBackuper.Tests.Jobs;

/// <summary>Discs that have much in common, burned by public tools.</summary>
internal static class Discs
{
    private const string Date = "2020010203040500";

    private const int Files = 24;

    /// <returns>A disc with two dozen photographs; the same seed and date give the same disc, byte by byte.</returns>
    public static ScratchedDisc Burn(int seed, string date = Date)
    {
        Tool.Require("xorriso");
        using var source = Source(seed);
        using var target = new TempFolder();
        Tool.Run(
            "xorriso", "-as", "mkisofs", "-quiet", "-R", "-J", "-V", "PHOTOS", $"--modification-date={date}",
            "--set_all_file_dates", "set_to_mtime", "-o", target["disc.iso"], source.Path);
        return new(File.ReadAllBytes(target["disc.iso"]));
    }

    /// <summary>What the tools burn bears the time of burning: one for all tests.</summary>
    private static readonly Lazy<(byte[] First, byte[] Both)> BurnedSessions = new(BurnSessions);

    private static readonly Lazy<(byte[] First, byte[] Both)> BurnedOverwritable = new(BurnOverwritable);

    /// <summary>Behind a first session.</summary>
    private const long Gap = 11_400;

    /// <returns>A CD-R before and after a session was added, with the gap that such a disc has.</returns>
    public static (ScratchedDisc First, ScratchedDisc Both) Sessions()
    {
        var (first, both) = BurnedSessions.Value;
        var gap = Enumerable.Range(first.Length / 2048, (int)Gap).Select(sector => (long)sector).ToArray();
        return (new([.. first]), new ScratchedDisc([.. both]).Without(gap));
    }

    /// <returns>A DVD+RW or the like before and after a session was added: its first sectors are written anew.</returns>
    public static (ScratchedDisc First, ScratchedDisc Both) Overwritable()
    {
        var (first, both) = BurnedOverwritable.Value;
        return (new([.. first]), new([.. both]));
    }

    private static (byte[] First, byte[] Both) BurnSessions()
    {
        var first = Burn(1);
        using var source = Source(3, "added");
        using var target = new TempFolder();
        File.WriteAllBytes(target["first.iso"], first.Bytes);
        var start = first.SectorCount + Gap;
        Tool.Require("genisoimage");
        Tool.Run("genisoimage", "-quiet", "-R", "-J", "-V", "PHOTOS", "-M", target["first.iso"], "-C", $"0,{start}", "-o", target["second.iso"], source.Path);
        var both = new byte[(start * 2048) + new FileInfo(target["second.iso"]).Length];
        first.Bytes.CopyTo(both, 0);
        File.ReadAllBytes(target["second.iso"]).CopyTo(both, start * 2048);
        return (first.Bytes, both);
    }

    private static (byte[] First, byte[] Both) BurnOverwritable()
    {
        Tool.Require("xorriso");
        using var source = Source(1);
        using var added = Source(3, "added");
        using var target = new TempFolder();
        var disc = $"stdio:{target["disc.iso"]}";
        Tool.Run("xorriso", "-outdev", disc, "-volid", "PHOTOS", "-joliet", "on", "-map", source.Path, "/", "-commit");
        var first = File.ReadAllBytes(target["disc.iso"]);
        Tool.Run("xorriso", "-dev", disc, "-map", added.Path, "/added", "-commit");
        return (first, File.ReadAllBytes(target["disc.iso"]));
    }

    /// <returns>The same disc with other bytes in a run of sectors.</returns>
    public static ScratchedDisc Refilled(ScratchedDisc disc, long start, long end)
    {
        var bytes = (byte[])disc.Bytes.Clone();
        var last = LastFileEnd(disc);
        Shelf.Bytes((int)(Math.Min(end, last) - start) * 2048, seed: 1234).CopyTo(bytes, start * 2048);
        return new(bytes);
    }

    public static ScratchedDisc Longer(ScratchedDisc disc, int sectors, int? seed = null) =>
        new([.. disc.Bytes, .. seed is { } filling ? Shelf.Bytes(sectors * 2048, filling) : new byte[sectors * 2048]]);

    /// <returns>The disc without dates in its descriptors (ECMA-119 §8.4.26 to §8.4.29), from which its UUID comes.</returns>
    public static ScratchedDisc WithoutDates(ScratchedDisc disc)
    {
        var bytes = (byte[])disc.Bytes.Clone();
        foreach (var descriptor in new[] { 16, 17 })
        {
            for (var date = 0; date < 4; date++)
            {
                var field = bytes.AsSpan((descriptor * 2048) + 813 + (17 * date), 17);
                field.Fill((byte)'0');
                field[^1] = 0;
            }
        }

        return new(bytes);
    }

    public static long FirstFile(ScratchedDisc disc) => Starts(disc).Min();

    public static long LastFile(ScratchedDisc disc) => Starts(disc).Max();

    private static long LastFileEnd(ScratchedDisc disc) => disc.Read().Entries
        .Where(entry => entry is { Kind: EntryKind.File, Size: > 0 })
        .Max(entry => (entry.Extents![^1].Start + entry.Extents[^1].Length + 2047) / 2048);

    private static IEnumerable<long> Starts(ScratchedDisc disc) => disc.Read().Entries
        .Where(entry => entry is { Kind: EntryKind.File, Size: > 0 })
        .Select(entry => entry.Extents![0].Start / 2048);

    private static TempFolder Source(int seed, string name = "IMG")
    {
        var source = new TempFolder();
        foreach (var number in Enumerable.Range(1, Files))
        {
            var path = source[$"{name}_{number:D4}.JPG"];
            File.WriteAllBytes(path, Shelf.Bytes(60_000, (seed * 100) + number));
            File.SetLastWriteTimeUtc(path, new DateTime(2003, 7, 12, 9, 30, 20, DateTimeKind.Utc));
        }

        Directory.SetLastWriteTimeUtc(source.Path, new DateTime(2003, 7, 12, 9, 30, 20, DateTimeKind.Utc));
        return source;
    }
}
