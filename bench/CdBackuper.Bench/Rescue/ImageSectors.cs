using CdBackuper.Media.Sectors;

namespace CdBackuper.Bench.Rescue;

/// <summary>An image file, all of which reads.</summary>
internal sealed class ImageSectors(string path) : ISectorSource, IDisposable
{
    private readonly Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(path);

    public Microsoft.Win32.SafeHandles.SafeFileHandle Handle => file;

    public long SectorCount => RandomAccess.GetLength(file) / Sector.Size;

    public bool TryRead(long sector, Span<byte> buffer) =>
        sector >= 0 && sector + (buffer.Length / Sector.Size) <= SectorCount
        && RandomAccess.Read(file, buffer, sector * Sector.Size) == buffer.Length;

    public void Dispose() => file.Dispose();
}
