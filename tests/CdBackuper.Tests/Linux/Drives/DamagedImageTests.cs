using System.Diagnostics;
using CdBackuper.Linux.Drives;
using CdBackuper.Linux.Processes;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Tests.Linux.Drives;

/// <summary>An image file with real read errors: nbdkit's ddrescue filter behind a FUSE file.</summary>
public sealed class DamagedImageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private Process? server;

    public void Dispose()
    {
        if (server is not null)
        {
            Child.Run(new("fusermount3", ["-u", folder.In("disc")]), null, CancellationToken.None);
            server.WaitForExit(10_000);
            server.Dispose();
        }

        folder.Dispose();
    }

    [Fact]
    public void Exactly_the_bad_sectors_are_unreadable()
    {
        const int Sectors = 400;
        var content = Pattern.OfSectors(Sectors);
        var bad = new HashSet<int> { 0, 101, 200, 201, 202, 399 };
        Serve(content, bad);
        using var disc = new ImageFile(folder.In("disc")).OpenDisc();
        Assert.Equal(Sectors, disc.SectorCount);
        var buffer = new byte[Sector.Size];
        var unreadable = new HashSet<int>();
        for (var sector = 0; sector < Sectors; sector++)
        {
            if (!disc.TryRead(sector, buffer))
            {
                unreadable.Add(sector);
                continue;
            }

            Assert.Equal(Pattern.SectorOf(content, sector), buffer);
        }

        Assert.Equal(bad.Order(), unreadable.Order());
        Assert.False(disc.TryRead(90, new byte[20 * Sector.Size]));
        Assert.True(disc.TryRead(102, new byte[98 * Sector.Size]));
    }

    [Fact]
    public void A_file_whose_server_ended_is_a_drive_that_is_gone()
    {
        Serve(Pattern.OfSectors(4000), []);
        using var disc = new ImageFile(folder.In("disc")).OpenDisc();
        Assert.True(disc.TryRead(0, new byte[Sector.Size]));
        server!.Kill();
        server.WaitForExit();
        Assert.Equal(
            DriveFault.DriveGone,
            Assert.Throws<DriveFaultException>(() => disc.TryRead(3900, new byte[Sector.Size])).Fault);
    }

    private void Serve(byte[] content, IEnumerable<int> bad)
    {
        Assert.SkipWhen(Child.FindProgram("nbdfuse") is null, "nbdfuse is not installed (apt-get install libnbd-bin)");
        Assert.SkipWhen(Child.FindProgram("nbdkit") is null, "nbdkit is not installed (apt-get install nbdkit)");
        Assert.SkipUnless(File.Exists("/dev/fuse"), "there is no /dev/fuse here");
        var image = folder.File("image.iso", content);
        var map = folder.In("map");
        File.WriteAllText(map, "0x0 + 1\n" + string.Concat(Lines(content.Length / Sector.Size, [.. bad])));
        var mountPoint = folder.File("disc", []);
        server = Process.Start(
            Child.FindProgram("nbdfuse")!,
            [mountPoint, "--command", "nbdkit", "-s", "--filter=ddrescue", "file", image, $"ddrescue-mapfile={map}"]);
        Eventually.True(() => new FileInfo(mountPoint).Length == content.Length, "the FUSE file is there");
    }

    /// <summary>Neighbours in one line: the filter reads nothing across the border of two lines.</summary>
    private static IEnumerable<string> Lines(int sectors, HashSet<int> bad)
    {
        for (int start = 0, next = 1; start < sectors; start = next, next++)
        {
            while (next < sectors && bad.Contains(next) == bad.Contains(start))
            {
                next++;
            }

            yield return $"0x{start * Sector.Size:X} 0x{(next - start) * Sector.Size:X} {(bad.Contains(start) ? '-' : '+')}\n";
        }
    }
}
