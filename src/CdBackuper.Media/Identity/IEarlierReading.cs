using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Identity;

/// <summary>What is kept of a known disc besides its samples.</summary>
public interface IEarlierReading
{
    /// <summary>
    /// The sectors beside a sample: a drive has them at hand, and what is wrong in a hundredth of the disc shows. Read as they are asked for.
    /// </summary>
    /// <returns>Those that were read and tell something, in order.</returns>
    IEnumerable<SectorProof> Neighbours(SectorProof sample);

    /// <param name="sector">Its address.</param>
    /// <param name="bytes">What the drive gives of it, <see cref="Sector.Size"/> bytes.</param>
    /// <returns>True where an archived file has these bytes at that place: then they are the disc's, and what the image has instead rotted.</returns>
    bool IsArchived(long sector, byte[] bytes);
}
