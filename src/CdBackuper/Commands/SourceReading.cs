using CdBackuper.Jobs;
using CdBackuper.Linux.Drives;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Media.Volumes.Composition;

namespace CdBackuper.Commands;

/// <summary>A disc or image that was looked into without importing it. Nothing is written anywhere.</summary>
/// <param name="Content">Its file systems; null where it has none that is known.</param>
/// <param name="Toc">Its tracks; null where it tells none.</param>
internal sealed record SourceReading(DiscContent? Content, Toc? Toc)
{
    /// <param name="session">The settings.</param>
    /// <param name="source">A drive or image.</param>
    /// <param name="command">Who looks, for others that want the drive.</param>
    /// <exception cref="UsageException">It is no disc.</exception>
    public static SourceReading Of(Session session, string source, string command)
    {
        var drive = SourceArgument.Find(source);
        using var taken = SourceArgument.Take(drive, command, session.Settings.NodeName);
        using var disc = drive.OpenDisc();
        var options = drive is OpticalDrive ? DiscReading.Options(disc, session.Settings) : DiscReading.OptionsOfImage(disc, session.Settings);
        return new(VolumeReader.Read(disc, options), disc.Toc);
    }

    /// <exception cref="UsageException">It holds no file system that is known.</exception>
    public static UsageException NothingIn(string source) => new(
        $"{source} holds no file system that this version knows.",
        "cdbackuper import rescues it all the same and keeps its image.");
}
