using CdBackuper.Archive.Store;
using CdBackuper.Jobs;
using CdBackuper.Linux.Drives;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Sectors.Raw;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Rescue;

/// <summary>Keeps a disc's sectors of Mode 2 Form 2 beside its image, which is made with the first of them, and a map of them.</summary>
internal sealed class Form2Copier(ClaimedDisc claimed, IDisc disc, IForm2Source source) : IDisposable
{
    private readonly DiscFolder folder = claimed.Folder;
    private readonly byte[] body = new byte[RawSector.BodySize];
    private readonly List<ByteRange> won = [];
    private SafeFileHandle? image;

    /// <summary>What was there before, as bytes of the disc.</summary>
    public ByteSet Before { get; } = RescuedImage.Form2In(claimed.Folder);

    /// <summary>How many were copied so far.</summary>
    public long SectorsRead => ByteSet.Of(won).SectorCount;

    /// <returns>False where the sector is none of Form 2, or not right.</returns>
    public bool TryCopy(long sector)
    {
        if (!source.TryReadForm2(sector, body))
        {
            return false;
        }

        image ??= File.OpenHandle(HolderPlace.Hold(folder, folder.Form2Path), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(image, body, sector * RawSector.BodySize);
        if (won is [.., var last] && last.End == sector * Sector.Size)
        {
            won[^1] = new(last.Start, last.Length + Sector.Size);
        }
        else
        {
            won.Add(ByteRange.OfSectors(sector, 1));
        }

        return true;
    }

    /// <summary>What was copied is durable before the map says so.</summary>
    public void Save()
    {
        if (image is null)
        {
            return;
        }

        RandomAccess.FlushToDisk(image);
        folder.Write(folder.Form2MapPath, MapfileText.Print(
            RescueMap.Empty.With(disc.LengthBytes, Before.Union(ByteSet.Of(won)), ByteSet.Empty),
            $"Which sectors of Mode 2 Form 2 are in {DiscFolder.Form2Name}. Created by cdbackuper, as GNU ddrescue's",
            $"Source: {disc.SourcePath}, {disc.Kind}"));
    }

    public void Dispose() => image?.Dispose();
}
