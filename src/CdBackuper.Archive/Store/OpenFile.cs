using System.Buffers;
using System.Security.Cryptography;
using CdBackuper.Archive.Format;
using CdBackuper.Media.Sectors;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Archive.Store;

/// <summary>The file that is being written, from its first byte to its last.</summary>
internal sealed class OpenFile : IDisposable
{
    private readonly ListedEntry entry;
    private readonly ByteSet? lostInOlder;
    private readonly SafeFileHandle? older;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<ByteRange> undecodable = [];
    private byte[] buffer;
    private long contradicted;

    public OpenFile(string path, ListedEntry entry, (string Path, ByteSet Lost)? older)
    {
        this.entry = entry;
        lostInOlder = older?.Lost;
        Target = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite);
        this.older = older is null ? null : File.OpenHandle(older.Value.Path);
        buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(entry.Size, 1, FileWriter.ChunkBytes));
    }

    public SafeFileHandle Target { get; }

    public ByteSet Lost => entry.Lost;

    /// <summary>How much of the file was appended.</summary>
    public long Position { get; private set; }

    public Span<byte> Buffer(int length)
    {
        if (buffer.Length < length)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = ArrayPool<byte>.Shared.Rent(length);
        }

        return buffer.AsSpan(0, length);
    }

    public void AppendPreamble()
    {
        if (entry.Preamble is { } preamble)
        {
            Append(Convert.FromHexString(preamble), isWritten: false);
        }
    }

    /// <param name="bytes">What comes next.</param>
    /// <param name="isWritten">True where it was copied into the file already, or is zeros that need no writing.</param>
    private void Append(ReadOnlySpan<byte> bytes, bool isWritten)
    {
        hash.AppendData(bytes);
        if (!isWritten)
        {
            RandomAccess.Write(Target, bytes, Position);
        }

        Position += bytes.Length;
    }

    /// <summary>Appends what was read from the image; where the older copy has other bytes, those.</summary>
    /// <param name="bytes">What comes next by the image.</param>
    /// <param name="isWritten">True where it was copied into the file already.</param>
    public void AppendRead(Span<byte> bytes, bool isWritten)
    {
        var isOlder = PreferOlder(bytes);
        Append(bytes, isWritten && !isOlder);
    }

    /// <summary>Puts what the older copy has in place of what the image says there.</summary>
    /// <returns>True where they differ.</returns>
    private bool PreferOlder(Span<byte> bytes)
    {
        var isOther = false;
        foreach (var part in lostInOlder?.Missing(new(Position, bytes.Length)) ?? [])
        {
            var fromImage = bytes.Slice((int)(part.Start - Position), (int)part.Length);
            var known = new byte[part.Length];
            FileBytes.Fill(older!, part.Start, known);
            if (!fromImage.SequenceEqual(known))
            {
                known.CopyTo(fromImage);
                contradicted += part.Length;
                isOther = true;
            }
        }

        return isOther;
    }

    /// <summary>Appends what the older copy has, and zeros for the rest.</summary>
    public void AppendOlder(int length)
    {
        var bytes = Buffer(length);
        bytes.Clear();
        var any = false;
        foreach (var part in lostInOlder?.Missing(new(Position, length)) ?? [])
        {
            FileBytes.Fill(older!, part.Start, bytes.Slice((int)(part.Start - Position), (int)part.Length));
            any = true;
        }

        Append(bytes, isWritten: !any);
    }

    public void AppendUndecodable(int length)
    {
        var range = new ByteRange(Position, length);
        undecodable.AddRange(lostInOlder is null ? [range] : lostInOlder.Within(range));
        AppendOlder(length);
    }

    public WrittenFile Finish()
    {
        // Zeros at the end were not written.
        RandomAccess.SetLength(Target, entry.Size);
        if (entry.Modified is { } time)
        {
            File.SetLastWriteTimeUtc(Target, time.UtcDateTime);
        }

        return new(Convert.ToHexStringLower(hash.GetHashAndReset()), ByteSet.Of(undecodable), contradicted);
    }

    public void Dispose()
    {
        Target.Dispose();
        older?.Dispose();
        hash.Dispose();
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
