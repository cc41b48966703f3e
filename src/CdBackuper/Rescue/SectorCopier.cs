using System.Diagnostics;
using System.Globalization;
using CdBackuper.Archive.Store;
using CdBackuper.Jobs;
using CdBackuper.Linux.Drives;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Rescue;

/// <summary>
/// Does ddrescue's part where ddrescue can't: reads sectors by our own reads and keeps image and map as ddrescue would.
/// </summary>
/// <param name="claimed">The disc's folder.</param>
/// <param name="disc">The disc.</param>
/// <param name="job">Whose drive, and who is told.</param>
/// <param name="detail">What is done, for people.</param>
/// <param name="from">What to read in place of the disc; null for the disc.</param>
internal sealed class SectorCopier(ClaimedDisc claimed, IDisc disc, DiscJob job, string detail, ISectorSource? from = null)
{
    private const int RunSectors = 64;

    /// <summary>How often the map is written: so much reading a crash costs at the most. ddrescue's own interval here.</summary>
    private static readonly TimeSpan BetweenMaps = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan BetweenNews = TimeSpan.FromMilliseconds(200);

    private readonly DiscFolder folder = claimed.Folder;
    private readonly ISectorSource source = from ?? job.ReadableOf(disc);
    private readonly byte[] buffer = new byte[RunSectors * Sector.Size];
    private readonly List<ByteRange> bad = [];
    private readonly List<ByteRange> won = [];
    private readonly Stopwatch spent = Stopwatch.StartNew();
    private TimeSpan mapWritten;
    private TimeSpan newsTold;
    private Form2Copier? form2;

    /// <summary>How many sectors were read so far.</summary>
    public long SectorsRead => ByteSet.Of(won).SectorCount + (form2?.SectorsRead ?? 0);

    /// <summary>How many were asked for in vain.</summary>
    public long SectorsFailed { get; private set; }

    /// <summary>Since it was made.</summary>
    public TimeSpan Spent => spent.Elapsed;

    /// <summary>Reads; what was wrong before is tried again, what the map calls read is not.</summary>
    /// <param name="before">The map so far.</param>
    /// <param name="wanted">What to read.</param>
    /// <param name="timeLeft">How long it may take.</param>
    /// <param name="cancellationToken">Ends it so that it can go on later; image and map are saved.</param>
    /// <returns>False where it was ended before it was through.</returns>
    /// <exception cref="DriveFaultException">The disc went away; what was read of it is kept.</exception>
    /// <exception cref="IOException">Image or map could not be written; what the last map says is in the image.</exception>
    public bool Copy(RescueMap before, ByteSet wanted, TimeSpan timeLeft, CancellationToken cancellationToken)
    {
        claimed.EnsureWritable();
        using var image = File.OpenHandle(HolderPlace.HoldImage(folder), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        if (RandomAccess.GetLength(image) < disc.LengthBytes)
        {
            // what is not read takes no room
            RandomAccess.SetLength(image, disc.LengthBytes);
        }

        using var beside = source.Form2 is { } sectors ? new Form2Copier(claimed, disc, sectors) : null;
        form2 = beside;
        wanted = wanted.Except(before.Finished).Except(beside?.Before ?? ByteSet.Empty);
        var isDone = false;
        try
        {
            isDone = CopyAll(image, before, wanted, timeLeft, cancellationToken);
        }
        catch (DriveFaultException)
        {
            Save(image, before);
            throw;
        }

        Save(image, before);
        return isDone;
    }

    private bool CopyAll(SafeFileHandle image, RescueMap before, ByteSet wanted, TimeSpan timeLeft, CancellationToken cancellationToken)
    {
        var (done, total) = (0L, Math.Max(1, wanted.TotalLength));
        foreach (var range in wanted)
        {
            var end = Sector.Count(range.End);
            for (var sector = range.Start / Sector.Size; sector < end;)
            {
                if (cancellationToken.IsCancellationRequested || spent.Elapsed >= timeLeft)
                {
                    return false;
                }

                var count = (int)Math.Min(RunSectors, end - sector);
                CopyRun(image, sector, count);
                (sector, done) = (sector + count, done + (count * (long)Sector.Size));
                Tell(done, total);
                if (spent.Elapsed - mapWritten >= BetweenMaps)
                {
                    Save(image, before);
                }
            }
        }

        return true;
    }

    private void CopyRun(SafeFileHandle image, long sector, int count)
    {
        var run = buffer.AsSpan(0, count * Sector.Size);
        if (source.TryRead(sector, run))
        {
            Keep(image, sector, run);
            return;
        }

        for (var index = 0; index < count; index++)
        {
            var one = buffer.AsSpan(0, Sector.Size);
            if (source.TryRead(sector + index, one))
            {
                Keep(image, sector + index, one);
            }
            else if (from is null)
            {
                // To what reads 2048 bytes a sector, the image's map, it stays unread whether it is kept beside it or not.
                SectorsFailed += form2?.TryCopy(sector + index) == true ? 0 : 1;
                AddBad(ByteRange.OfSectors(sector + index, 1));
            }
        }
    }

    private void AddBad(ByteRange sector)
    {
        if (bad is [.., var last] && last.End == sector.Start)
        {
            bad[^1] = new(last.Start, last.Length + sector.Length);
        }
        else
        {
            bad.Add(sector);
        }
    }

    private void Keep(SafeFileHandle image, long sector, ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(image, bytes, sector * Sector.Size);
        won.Add(ByteRange.OfSectors(sector, bytes.Length / Sector.Size));
    }

    /// <summary>The image is durable before the map says what is in it.</summary>
    private void Save(SafeFileHandle image, RescueMap before)
    {
        claimed.EnsureWritable();
        form2?.Save();
        RandomAccess.FlushToDisk(image);
        var gained = ByteSet.Of(won);
        folder.Write(folder.MapPath, MapfileText.Print(
            before.With(disc.LengthBytes, gained, ByteSet.Of(bad)),
            "Mapfile. Created by cdbackuper, as GNU ddrescue's",
            $"Source: {disc.SourcePath}, {disc.Kind}"));
        won.Clear();
        won.AddRange(gained);
        mapWritten = spent.Elapsed;
    }

    private void Tell(long done, long total)
    {
        if (spent.Elapsed - newsTold < BetweenNews)
        {
            return;
        }

        newsTold = spent.Elapsed;
        var rate = done / spent.Elapsed.TotalSeconds;
        job.OnProgress(new(
            DiscStage.Rescuing,
            Math.Min(99.9, 100.0 * done / total),
            string.Create(CultureInfo.InvariantCulture, $"{rate / 1000:0} kB/s"),
            string.Create(CultureInfo.InvariantCulture, $"{(total - done) / Math.Max(1, rate):0}s"),
            bad.Count,
            detail));
    }
}
