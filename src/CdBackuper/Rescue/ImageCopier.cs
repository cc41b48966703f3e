using System.Globalization;
using System.Text;
using CdBackuper.Jobs;
using CdBackuper.Linux.Drives;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Rescue;

/// <summary>
/// Takes the sectors out of a raw image, checked and put right. Called read is only what is right; what stays wrong is bad.
/// </summary>
internal sealed class ImageCopier(ClaimedDisc claimed, IDisc disc, DiscJob job, AttemptNotes notes)
{
    /// <summary>Reads what the map does not call read yet; sectors that were wrong before are tried again.</summary>
    /// <param name="before">The map so far.</param>
    /// <param name="timeLeft">How long it may take.</param>
    /// <param name="cancellationToken">Ends it so that it can go on later.</param>
    /// <exception cref="OperationCanceledException">Stopped by a signal; the map is saved.</exception>
    /// <exception cref="IOException">Image or map could not be written; what the last map says is in the image.</exception>
    public void Copy(RescueMap before, TimeSpan timeLeft, CancellationToken cancellationToken)
    {
        var wanted = ByteSet.Of(new ByteRange(0, disc.LengthBytes)).Except(disc.Gaps).Except(before.Finished);
        var copier = new SectorCopier(claimed, disc, job, "Copying the data tracks");
        var isDone = copier.Copy(before, wanted, timeLeft, cancellationToken);
        Note(copier, wanted, isDone, cancellationToken.IsCancellationRequested);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private void Note(SectorCopier copier, ByteSet wanted, bool isDone, bool isCancelled)
    {
        var ended = isDone ? PassEnds.Done : isCancelled ? PassEnds.Interrupted : PassEnds.TimeUsedUp;
        var command = $"cdbackuper: copy the data tracks of {disc.SourcePath}";
        var (read, failed) = (copier.SectorsRead, copier.SectorsFailed);
        notes.Passes.Add(new("copy", command, Math.Round(copier.Spent.TotalSeconds, 1), read, ended));
        notes.WhyRescueEnded = !isDone ? "the time for this disc is used up"
            : failed == 0 ? "every sector of the data tracks was read"
            : failed == 1 ? "one sector of the data tracks could not be read from the image"
            : $"{failed} sectors of the data tracks could not be read from the image";
        var text = new StringBuilder($"$ {command}\n")
            .Append(CultureInfo.InvariantCulture, $"{disc.Kind}, {wanted.SectorCount} sectors to read\n")
            .Append(CultureInfo.InvariantCulture, $"{read} sectors read, {failed} not: {ended}\n");
        foreach (var remark in disc.Remarks)
        {
            notes.Remark(remark);
            text.Append(remark).Append('\n');
        }

        using var output = new FileStream(claimed.Folder.OutputPath, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        output.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
