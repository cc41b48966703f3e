using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

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
}
