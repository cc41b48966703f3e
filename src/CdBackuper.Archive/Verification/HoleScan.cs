using System.Security.Cryptography;
using CdBackuper.Archive.Store;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Archive.Verification;

/// <summary>What one reading of a file shows: its hash, and where it is blank in whole sectors.</summary>
/// <param name="Length">In bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
/// <param name="Blank">Runs of zeros that begin at a multiple of 2048 and are one, or end with the file.</param>
/// <param name="SharpBytes">How many bytes of them lie in runs that have a byte other than zero right before and right behind.</param>
internal sealed record HoleScan(long Length, string Sha256, ByteSet Blank, long SharpBytes)
{
    private const int ChunkBytes = 128 * Sector.Size;

    /// <exception cref="IOException">The file can't be read.</exception>
    public static HoleScan Of(string path, CancellationToken cancellationToken)
    {
        if (ArchivedFiles.IsWithoutBytes(path))
        {
            return new(0, ArchivedFiles.HashOfNothing, ByteSet.Empty, 0);
        }

        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = RandomAccess.GetLength(file);
        var buffer = new byte[ChunkBytes];
        var runs = new List<ByteRange>();
        var sharp = 0L;
        var (runStart, isSharpStart, previous) = (-1L, false, (byte)1);
        void End(long end, bool isSharp)
        {
            if (runStart >= 0)
            {
                runs.Add(new(runStart, end - runStart));
                sharp += isSharpStart && isSharp ? end - runStart : 0;
                runStart = -1;
            }
        }

        for (long position = 0; position < length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = FileBytes.Read(file, position, buffer.AsSpan(0, (int)Math.Min(ChunkBytes, length - position)));
            if (count == 0)
            {
                break;
            }

            hash.AppendData(buffer, 0, count);
            for (var start = 0; start < count; start += Sector.Size)
            {
                var part = buffer.AsSpan(start, Math.Min(Sector.Size, count - start));
                if (!Sector.IsBlank(part))
                {
                    End(position + start, isSharp: part[0] != 0);
                }
                else if (runStart < 0)
                {
                    (runStart, isSharpStart) = (position + start, previous != 0);
                }

                previous = part[^1];
            }

            position += count;
        }

        End(length, isSharp: true);
        return new(length, Convert.ToHexStringLower(hash.GetHashAndReset()), ByteSet.Of(runs), sharp);
    }
}
