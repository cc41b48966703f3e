using CdBackuper.Jobs;
using CdBackuper.Media.Volumes;
using CdBackuper.Media.Volumes.Composition;

namespace CdBackuper.Commands;

/// <summary>Looks into a disc or image without importing it. Nothing is written anywhere.</summary>
internal static class SourceReading
{
    /// <param name="session">The settings.</param>
    /// <param name="source">A drive or image.</param>
    /// <param name="command">Who looks, for others that want the drive.</param>
    /// <exception cref="UsageException">It is no disc, or holds no file system that is known.</exception>
    public static DiscContent Read(Session session, string source, string command)
    {
        var drive = SourceArgument.Find(source);
        using var taken = SourceArgument.Take(drive, command, session.Settings.NodeName);
        using var disc = drive.OpenDisc();
        return VolumeReader.Read(disc, DiscReading.Options(disc, session.Settings)) ?? throw new UsageException(
            $"{source} holds no file system that this version knows.",
            "cdbackuper import rescues it all the same and keeps its image.");
    }
}
