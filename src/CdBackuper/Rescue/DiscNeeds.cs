using CdBackuper.Archive.Store;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Volumes;
using CdBackuper.Media.Volumes.Composition;

namespace CdBackuper.Rescue;

/// <summary>What the file systems and files of a disc need, as far as the image tells. Read anew when more was won.</summary>
internal sealed class DiscNeeds(DiscFolder folder, ReadingOptions options, long lengthBytes)
{
    private IReadOnlyList<IVolume> volumes = [];
    private DiscContent? content;
    private long lastFinished = -1;

    public RescueNeeds Find(RescueMap map)
    {
        if (map.Tally.Finished != lastFinished)
        {
            lastFinished = map.Tally.Finished;
            using var image = RescuedImage.TryOpen(folder);
            volumes = image is null || image.Read.IsEmpty ? [] : VolumeReader.ReadAll(image, options);
            content = volumes.Count == 0 ? null : DiscContent.Compose(volumes, image!);
        }

        return content is null ? RescueNeeds.Unknown : RescueNeeds.Of(volumes, content, map, lengthBytes, options.KnownStarts);
    }
}
