using System.Diagnostics;
using System.Globalization;
using System.Text;
using CdBackuper.Archive.Store;
using CdBackuper.Jobs;
using CdBackuper.Linux.Drives;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Rescue;

/// <summary>
/// Does ddrescue's part where ddrescue can't: takes the sectors out of a raw image, checked and put right, and keeps image and
/// map as ddrescue would. Called read is only what is right; what stays wrong is bad.
/// </summary>
internal sealed class ImageCopier(ClaimedDisc claimed, IDisc disc, DiscJob job, AttemptNotes notes)
{
    private const int RunSectors = 64;

    /// <summary>How often the map is written: so much reading a crash costs at the most. ddrescue's own interval here.</summary>
    private static readonly TimeSpan BetweenMaps = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan BetweenNews = TimeSpan.FromMilliseconds(200);

    private readonly DiscFolder folder = claimed.Folder;
    private readonly ISectorSource source = job.ReadableOf(disc);
    private readonly byte[] buffer = new byte[RunSectors * Sector.Size];
    private readonly List<ByteRange> bad = [];
    private readonly List<ByteRange> won = [];
    private long badSectors;
    private readonly Stopwatch spent = Stopwatch.StartNew();
    private TimeSpan mapWritten;
    private TimeSpan newsTold;

    /// <summary>Reads what the map does not call read yet; sectors that were wrong before are tried again.</summary>
    /// <param name="before">The map so far.</param>
    /// <param name="timeLeft">How long it may take.</param>
    /// <param name="cancellationToken">Ends it so that it can go on later.</param>
    /// <exception cref="OperationCanceledException">Stopped by a signal; the map is saved.</exception>
    /// <exception cref="IOException">Image or map could not be written; what the last map says is in the image.</exception>
    public void Copy(RescueMap before, TimeSpan timeLeft, CancellationToken cancellationToken)
    {
        claimed.EnsureWritable();
        var data = ByteSet.Of(new ByteRange(0, disc.LengthBytes)).Except(disc.Gaps);
        var wanted = data.Except(before.Finished);
        using (var image = File.OpenHandle(folder.ImagePath, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite))
        {
            if (RandomAccess.GetLength(image) < disc.LengthBytes)
            {
                // what is between the tracks takes no room
                RandomAccess.SetLength(image, disc.LengthBytes);
            }

            var isDone = false;
            try
            {
                isDone = CopyAll(image, before, wanted, timeLeft, cancellationToken);
            }
            catch (DriveFaultException)
            {
                // The image's files went away; what was read of them is kept.
                Save(image, before);
                throw;
            }

            Save(image, before);
            Note(wanted, isDone, cancellationToken.IsCancellationRequested);
        }

        cancellationToken.ThrowIfCancellationRequested();
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
            else
            {
                AddBad(ByteRange.OfSectors(sector + index, 1));
            }
        }
    }

    private void AddBad(ByteRange sector)
    {
        badSectors++;
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
        RandomAccess.FlushToDisk(image);
        var gained = ByteSet.Of(won);
        var map = RescueMap.Over(disc.LengthBytes, before.Finished.Union(gained), ByteSet.Of(bad).Union(Failed(before)));
        folder.Root.Files.Write(folder.MapPath, MapfileText.Print(
            map, "Mapfile. Created by cdbackuper, as GNU ddrescue's", $"Source: {disc.SourcePath}, {disc.Kind}"));
        Collapse(won, gained);
        mapWritten = spent.Elapsed;
    }

    private static ByteSet Failed(RescueMap map) =>
        ByteSet.Of(map.Blocks.Where(block => block.Status == BlockStatus.BadSector).Select(block => block.Range));

    private static void Collapse(List<ByteRange> ranges, ByteSet set)
    {
        ranges.Clear();
        ranges.AddRange(set);
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
            "Copying the data tracks"));
    }

    private void Note(ByteSet wanted, bool isDone, bool isCancelled)
    {
        var ended = isDone ? "done" : isCancelled ? "interrupted" : "time used up";
        var command = $"cdbackuper: copy the data tracks of {disc.SourcePath}";
        var read = ByteSet.Of(won).SectorCount;
        notes.Passes.Add(new("copy", command, Math.Round(spent.Elapsed.TotalSeconds, 1), read, ended));
        notes.WhyRescueEnded = !isDone ? "the time for this disc is used up"
            : badSectors == 0 ? "every sector of the data tracks was read"
            : badSectors == 1 ? "one sector of the data tracks could not be read from the image"
            : $"{badSectors} sectors of the data tracks could not be read from the image";
        var text = new StringBuilder($"$ {command}\n")
            .Append(CultureInfo.InvariantCulture, $"{disc.Kind}, {wanted.SectorCount} sectors to read\n")
            .Append(CultureInfo.InvariantCulture, $"{read} sectors read, {badSectors} not: {ended}\n");
        foreach (var remark in disc.Remarks)
        {
            notes.Remark(remark);
            text.Append(remark).Append('\n');
        }

        using var output = new FileStream(folder.OutputPath, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        output.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
