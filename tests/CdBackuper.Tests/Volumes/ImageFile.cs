using System.Security.Cryptography;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes;

/// <summary>An image file as sectors; the last one is filled up with zeros.</summary>
internal sealed class ImageFile(string path) : ISectorSource, IDisposable
{
    private readonly FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);

    public long SectorCount => Sector.Count(file.Length);

    public bool TryRead(long sector, Span<byte> buffer)
    {
        if (sector < 0 || sector + (buffer.Length / Sector.Size) > SectorCount)
        {
            return false;
        }

        buffer.Clear();
        file.Position = sector * Sector.Size;
        file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return true;
    }

    /// <returns>
    /// The sha256 of a file's content put together from its extents; null where it goes past the end.
    /// </returns>
    public string? Hash(FileEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        foreach (var extent in entry.Extents ?? [])
        {
            if (extent.Start + extent.Length > file.Length)
            {
                return null;
            }

            file.Position = Math.Max(0, extent.Start);
            for (var left = extent.Length; left > 0;)
            {
                var part = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
                if (extent.IsStored)
                {
                    file.ReadExactly(part);
                }
                else
                {
                    part.Clear();
                }

                hash.AppendData(part);
                left -= part.Length;
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public void Dispose() => file.Dispose();
}
