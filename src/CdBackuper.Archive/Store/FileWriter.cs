using System.Buffers;
using CdBackuper.Archive.Format;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Sectors.Raw;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Archive.Store;

/// <summary>Writes one file from the image, extent by extent, and hashes it while its bytes are at hand.</summary>
/// <param name="image">The image's bytes.</param>
/// <param name="fileSystem">For copying inside the file system; null to copy through memory.</param>
internal sealed class FileWriter(RescuedImage image, IArchiveFileSystem? fileSystem)
{
    /// <summary>As many bytes are at hand at once, at most, but for longer decoded runs.</summary>
    internal const int ChunkBytes = 256 * 1024;

    /// <param name="path">A file that does not exist yet, in a folder that does.</param>
    /// <param name="entry">Its length, time, extents and what the image lacks of it.</param>
    /// <param name="older">
    /// A damaged copy that may fill what the image lacks, and what it lacks itself; null for none. Its hash is right: where the image says
    /// something else, the image has changed since, or is of another disc.
    /// </param>
    /// <param name="cancellationToken">Ends the writing between two chunks; what was written is then of no use.</param>
    /// <returns>What was written. What nobody has read is zeros.</returns>
    public WrittenFile Write(
        string path, ListedEntry entry, (string Path, ByteSet Lost)? older, CancellationToken cancellationToken)
    {
        using var file = new OpenFile(path, entry, older);
        file.AppendPreamble();
        foreach (var extent in entry.Extents!)
        {
            if (extent.IsForm2)
            {
                AppendForm2(file, extent, cancellationToken);
            }
            else if (extent.IsCoded)
            {
                AppendDecoded(file, extent, cancellationToken);
            }
            else
            {
                AppendPlain(file, extent, cancellationToken);
            }
        }

        return file.Finish();
    }

    private void AppendPlain(OpenFile file, Extent extent, CancellationToken cancellationToken)
    {
        var run = new ByteRange(file.Position, extent.Length);
        var isWhole = extent.IsStored && !file.Lost.Within(run).Any();
        var copied = isWhole && fileSystem is not null
            ? fileSystem.CopyRange(image.Handle, extent.Start, file.Target, run.Start, run.Length)
            : 0;
        foreach (var (part, isRead) in Parts(run, extent.IsStored ? file.Lost : null))
        {
            for (var done = part.Start; done < part.End; done += ChunkBytes)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var length = (int)Math.Min(ChunkBytes, part.End - done);
                if (isRead)
                {
                    var bytes = file.Buffer(length);
                    FileBytes.Fill(image.Handle, extent.Start + done - run.Start, bytes);
                    file.AppendRead(bytes, isWritten: done + length - run.Start <= copied);
                }
                else
                {
                    file.AppendOlder(length);
                }
            }
        }
    }

    private void AppendForm2(OpenFile file, Extent extent, CancellationToken cancellationToken)
    {
        Span<byte> body = stackalloc byte[RawSector.BodySize];
        var first = extent.Start / Sector.Size;
        for (var done = 0L; done < extent.Length; done += RawSector.Form2Size)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (file.Lost.Within(new(file.Position, RawSector.Form2Size)).Any())
            {
                file.AppendOlder(RawSector.Form2Size);
            }
            else if (image.Form2?.TryReadForm2(first + (done / RawSector.Form2Size), body) == true)
            {
                file.AppendRead(body.Slice(RawSector.SubHeaderSize, RawSector.Form2Size), isWritten: false);
            }
            else
            {
                file.AppendUndecodable(RawSector.Form2Size);
            }
        }
    }

    /// <summary>The decoded run is at most as long as a block of zisofs.</summary>
    private void AppendDecoded(OpenFile file, Extent extent, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var run = new ByteRange(file.Position, extent.Length);
        if (file.Lost.Within(run).Any())
        {
            file.AppendOlder((int)extent.Length);
            return;
        }

        var stored = ArrayPool<byte>.Shared.Rent(extent.ZlibLength);
        try
        {
            var coded = stored.AsSpan(0, extent.ZlibLength);
            FileBytes.Fill(image.Handle, extent.Start, coded);
            var bytes = file.Buffer((int)extent.Length);
            if (ZlibRun.TryDecode(coded, bytes))
            {
                file.AppendRead(bytes, isWritten: false);
            }
            else
            {
                file.AppendUndecodable((int)extent.Length);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(stored);
        }
    }

    /// <summary>Cuts a run of the file into parts that were read whole, or not at all, in order.</summary>
    private static IEnumerable<(ByteRange Part, bool IsRead)> Parts(ByteRange run, ByteSet? lost) => lost is null
        ? [(run, false)]
        : lost.Missing(run).Select(part => (part, true)).Concat(lost.Within(run).Select(part => (part, false)))
            .OrderBy(part => part.Item1.Start);
}
