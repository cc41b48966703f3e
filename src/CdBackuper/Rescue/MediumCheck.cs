using CdBackuper.Archive.Store;
using CdBackuper.Jobs;
using CdBackuper.Linux.Drives;
using CdBackuper.Media.Identity;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Rescue;

/// <summary>
/// Makes sure that the disc in the drive is still the one that the folder is of: nothing of another one may ever be
/// called read.
/// </summary>
internal sealed class MediumCheck(ClaimedDisc claimed, IDisc disc, DiscJob job)
{
    /// <summary>
    /// Costs nothing while the drive says that its medium was not changed. When it was, or may have been, the disc is opened
    /// anew and compared with what was read of it.
    /// </summary>
    /// <param name="trusted">What is known to be of the right disc.</param>
    /// <exception cref="DriveFaultException">DiscGone: it is out, or another one is in.</exception>
    public void EnsureSame(RescueMap trusted)
    {
        if (!disc.ReadMediumChanged())
        {
            return;
        }

        if (job.Drive.ReadState() != DriveState.Loaded)
        {
            throw Gone(job.Drive);
        }

        using (var now = job.Drive.OpenDisc())
        {
            if (!IsSame(now, trusted))
            {
                throw new DriveFaultException(
                    DriveFault.DiscGone,
                    $"Another disc was put into {job.Drive.Name} while this one was read; nothing of it was taken over. Put the first one in again to go on.");
            }
        }

        disc.AcceptMedium();
    }

    /// <returns>The fault of a disc that is no longer there.</returns>
    public static DriveFaultException Gone(IDrive drive) => new(
        DriveFault.DiscGone, $"The disc was taken out of {drive.Name} while it was read. Put it in again to go on.");

    private bool IsSame(IDisc now, RescueMap trusted)
    {
        var comparison = new DiscComparison(new DiscProbe(job.ReadableOf(now)), claimed.Evidence);
        using var image = RescuedImage.TryOpenRunning(claimed.Folder);
        Sameness Compare(ByteSet read) => SamenessRule.Judge(image is null ? comparison.Compare(claimed.Evidence, []) : comparison.Compare(
            claimed.Evidence,
            Fingerprint.TakeSamples(image, read, Fingerprint.ComparedCount),
            Fingerprint.TakeSamples(image, read.Intersect(FolderComparison.HurtFiles(image, claimed.Listing)), FolderComparison.HurtFileSamples),
            new EarlierReading(claimed.Folder, image, read))).Sameness;

        // What was read just now counts as well: two discs made in one second may have the same descriptors.
        var all = image?.Read ?? ByteSet.Empty;
        var (sure, since) = (Compare(trusted.Finished.Intersect(all)), Compare(all));
        return sure != Sameness.Other && since != Sameness.Other && (sure == Sameness.Same || since == Sameness.Same);
    }
}
