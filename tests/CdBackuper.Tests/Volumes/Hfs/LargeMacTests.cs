using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Hfs;

/// <summary>Volumes of many files: time grows with their number, memory stays small.</summary>
[Collection(Alone.Name)]
public sealed class LargeMacTests
{
    private const int Files = 100_000;

    /// <summary>What grows with the square of the number takes hours.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_hundred_thousand_files_with_both_forks_take_less_than_100_MB()
    {
        var made = new PlusDisc(nodeSize: 8192);
        var folder = made.Folder(PlusDisc.Root, "folder");
        for (var number = 0; number < Files; number++)
        {
            made.File(folder, string.Create(CultureInfo.InvariantCulture, $"IMG_{number}.JPG"), new() { Finder = "JPEGogle" });
        }

        var disc = new ScratchedDisc(made.Build());
        var (full, elapsed) = Measure(disc);
        var held = full - GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(disc);
        TestContext.Current.TestOutputHelper?.WriteLine($"{elapsed}, {held} bytes");
        Assert.InRange(held, 10_000_000, 100_000_000);
        Assert.True(elapsed < Limit, $"{elapsed}");
    }

    /// <returns>Bytes in use while the volume is held; when this has returned it no longer is.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (long Bytes, TimeSpan Elapsed) Measure(ScratchedDisc disc)
    {
        var clock = Stopwatch.StartNew();
        var volume = disc.Read();
        clock.Stop();
        var bytes = GC.GetTotalMemory(forceFullCollection: true);
        Assert.Equal((2 * Files) + 1, volume.Entries.Count);
        Assert.Empty(volume.Damages);
        return (bytes, clock.Elapsed);
    }

    [Fact]
    public void A_broken_chain_of_a_hundred_thousand_files_is_mended_in_linear_time()
    {
        var made = new PlusDisc();
        for (var number = 0; number < Files / 4; number++)
        {
            made.File(number % 50 == 0 ? 16 + (uint)number : PlusDisc.Root, string.Create(CultureInfo.InvariantCulture, $"file {number}"), new());
        }

        var disc = new ScratchedDisc(made.Build());
        disc.Without((disc.Bytes.Length / 2048) - 700);
        for (var node = 3; node < 200; node += 7)
        {
            disc.Bytes[made.CatalogAt + (node * 1024) + 8] = 9;
        }

        var clock = Stopwatch.StartNew();
        var volume = disc.Read();
        Assert.True(clock.Elapsed < Limit, $"{clock.Elapsed}");
        Assert.True(volume.IsIncomplete);
        Assert.InRange(volume.Entries.Count, Files / 4 * 9 / 10, Files);
    }

    [Fact]
    public void Links_to_a_folder_at_the_end_of_a_long_path_are_bounded_together()
    {
        const int Links = 6000;
        const int LongestAll = 64 << 20;
        var made = new PlusDisc(nodeSize: 8192);
        var shared = made.Folder(made.Folder(PlusDisc.Root, ".HFS+ Private Directory Data\r"), "dir_5");
        made.File(shared, "inside", new());
        var folder = PlusDisc.Root;
        for (var depth = 0; depth < 64; depth++)
        {
            folder = made.Folder(folder, new string('n', 250));
        }

        made.File(folder, "first", new() { Finder = "fdrpMACS", Special = 5 });
        folder = made.Folder(folder, "others");
        for (var number = 0; number < Links; number++)
        {
            made.File(folder, string.Create(CultureInfo.InvariantCulture, $"link {number}"), new() { Finder = "fdrpMACS", Special = 5 });
        }

        var volume = new ScratchedDisc(made.Build()).Read();
        var links = volume.Entries.Where(entry => entry.Kind == EntryKind.SymbolicLink).ToList();
        Assert.Equal(Links, links.Count);
        Assert.EndsWith("/first", links[0].LinkTarget, StringComparison.Ordinal);
        Assert.InRange(links.Sum(link => (long)(link.LinkTarget?.Length ?? 0)), LongestAll / 2, LongestAll + (20 << 10));
        Assert.Contains(links, link => link.LinkTarget is null);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.LimitReached);
    }
}
