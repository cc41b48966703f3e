using CdBackuper.Jobs;
using CdBackuper.Linux.Drives;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Media.Volumes.Composition;

namespace CdBackuper.Commands;

/// <summary>A disc or image that was looked into without importing it. Nothing is written anywhere.</summary>
/// <param name="Content">Its file systems; null where it has none that is known.</param>
/// <param name="Toc">Its tracks; null where it tells none.</param>
/// <param name="WhyNoImage">Why an import does not take it; null where it does.</param>
internal sealed record SourceReading(DiscContent? Content, Toc? Toc, string? WhyNoImage)
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
        var content = VolumeReader.Read(disc, options);
        return new(content, disc.Toc, drive is OpticalDrive ? null : DiscStory.WhyNoImage(disc, content is not null));
    }

    /// <returns>What to say where it holds no file system that is known.</returns>
    public UsageException Nothing(string source) => WhyNoImage is { } why
        ? new($"{source} is no disc image: {why}.", DiscStory.NameADisc)
        : new($"{source} holds no file system that this version knows.", "cdbackuper import rescues it all the same and keeps its image.");
}
