using System.Globalization;
using CdBackuper.Archive.Store;
using CdBackuper.Jobs;
using CdBackuper.Linux.Drives;
using CdBackuper.Media.Identity;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Rescue;

/// <summary>
/// Reads again what a drive has just won of a disc that another one read before it. A drive that gives other bytes the second time, without
/// an error, makes them up: nothing of the attempt is kept. See docs/decisions/0017-drives-that-lie.md.
/// </summary>
internal sealed class ReadAgain(ClaimedDisc claimed, IDisc disc, DiscJob job, AttemptNotes notes)
{
    /// <summary>So many sectors are read one by one, wherever they lie.</summary>
    private const int AllOf = 512;

    /// <summary>Of more, as many in so many places: each costs a seek.</summary>
    private const int Places = 32;

    /// <summary>After so many that do not read a second time none is asked for: each costs seconds, and proves nothing.</summary>
    private const int MaxFailures = 8;

    /// <param name="before">The map before the attempt, to which the disc goes back where the drive lies.</param>
    /// <param name="cancellationToken">Ends it: then nothing is proven, and what was read stays.</param>
    /// <exception cref="DriveFaultException">The drive lies, or the disc in it is another by now.</exception>
    public void EnsureSteady(RescueMap before, CancellationToken cancellationToken)
    {
        if (before.Finished.IsEmpty || FindUnsteady(before, cancellationToken) is not { } sector)
        {
            return;
        }

        if (disc.ReadMediumChanged())
        {
            // Of another disc it reads other bytes; this one may have been out for a moment.
            new MediumCheck(claimed, disc, job).EnsureSame(before);
            if (FindUnsteady(before, cancellationToken) is null)
            {
                return;
            }
        }

        claimed.EnsureWritable();
        claimed.Folder.Write(claimed.Folder.MapPath, MapfileText.Print(before, "Mapfile. What was read before a drive that reads differently each time"));
        if (claimed.EvidenceBefore is { } known)
        {
            // Descriptors that it made up would make another disc of this one.
            claimed.Folder.Store(known);
        }

        notes.DriveLies = true;
        throw Lies(job.Drive, sector);
    }

    /// <exception cref="DriveFaultException">The drive was found to lie while the disc was identified.</exception>
    public static void EnsureTrusted(ClaimedDisc claimed, DiscJob job, AttemptNotes notes)
    {
        if (claimed.UnsteadySector is { } sector)
        {
            notes.DriveLies = true;
            throw Lies(job.Drive, sector);
        }
    }

    /// <returns>The fault of a drive that reads a sector differently each time.</returns>
    public static DriveFaultException Lies(IDrive drive, long sector) => new(
        DriveFault.Other,
        string.Create(CultureInfo.InvariantCulture, $"{drive.Name} can't be trusted: it read sector {sector} twice without an error, and differently. Nothing that it read was taken over."),
        next: "Put the disc into another drive.");

    private long? FindUnsteady(RescueMap before, CancellationToken cancellationToken)
    {
        using var image = RescuedImage.TryOpen(claimed.Folder);
        if (image is null)
        {
            return null;
        }

        // Gaps, run-out blocks and what no file owns may read as anything.
        var files = EvidenceKeeper.BytesOf(claimed.Listing.Files);
        var read = image.Plain.Except(before.Finished).Except(notes.NoData);
        var won = files.IsEmpty ? SampledArea.Of(read, files) : read.Intersect(files);
        var source = job.ReadableOf(disc);
        var (first, second) = (new byte[Sector.Size], new byte[Sector.Size]);
        var failures = 0;
        foreach (var sector in Choose(won).TakeWhile(_ => failures < MaxFailures && !cancellationToken.IsCancellationRequested))
        {
            if (!source.TryRead(sector, second))
            {
                failures++;
            }
            else if (image.TryRead(sector, first) && !first.AsSpan().SequenceEqual(second))
            {
                return sector;
            }
        }

        return null;
    }

    private static IEnumerable<long> Choose(ByteSet won)
    {
        var total = won.TotalLength / Sector.Size;
        const int Each = AllOf / Places;
        return total <= AllOf
            ? Enumerable.Range(0, (int)total).Select(index => Fingerprint.SectorAt(won, index))
            : Enumerable.Range(0, AllOf).Select(index => Fingerprint.SectorAt(won, (total - Each) * (index / Each) / (Places - 1) + (index % Each)));
    }
}
