using CdBackuper.Media.Identity;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Archive.Store;

/// <summary>A disc's image with the map that says which of its bytes were read. The rest of it reads as unreadable.</summary>
public sealed class RescuedImage : ISectorSource, IDisposable
{
    private readonly long length;
    private readonly long finishedEnd;
    private readonly Form2Image? form2;

    private RescuedImage(SafeFileHandle handle, RescueMap map, Form2Image? form2)
    {
        Handle = handle;
        this.form2 = form2;
        length = RandomAccess.GetLength(handle);
        finishedEnd = map.Finished.End;
        Map = form2 is null ? map : map.With(map.End, form2.Read, ByteSet.Empty);

        // Whatever the map says, bytes behind the image's end were not kept.
        Plain = map.Finished.Intersect(ByteSet.Of(new ByteRange(0, length)));
        Read = form2 is null ? Plain : Plain.Union(form2.Read);
    }

    /// <summary>The image, open for reading.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>What ddrescue knows of it; with sectors of Form 2 that were read beside it.</summary>
    public RescueMap Map { get; }

    /// <summary>Every byte that was read and is in the image, or whose sector is one of Form 2 and kept beside it.</summary>
    public ByteSet Read { get; }

    /// <summary>Of <see cref="Read"/> what is in the image itself.</summary>
    public ByteSet Plain { get; }

    /// <inheritdoc/>
    public IForm2Source? Form2 => form2;

    /// <inheritdoc/>
    public long SectorCount => Sector.Count(Math.Max(length, Map.End));

    /// <returns>The image with its map; null when either is missing, or the map can't be read.</returns>
    public static RescuedImage? TryOpen(DiscFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return TryOpen(folder, folder.MapPath);
    }

    /// <returns>The same with the map of the ddrescue that runs, or just ran; with the folder's map where there is none.</returns>
    public static RescuedImage? TryOpenRunning(DiscFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return TryOpen(folder, folder.RunningMapPath) ?? TryOpen(folder, folder.MapPath);
    }

    private static RescuedImage? TryOpen(DiscFolder folder, string mapPath)
    {
        return TryLoadMap(mapPath, out var map, out _) && ImageFile.TryOpen(folder.ImagePath) is { } handle
            ? new(handle, map, Form2Image.TryOpen(folder))
            : null;
    }

    /// <returns>False when there is no map or it can't be read; <paramref name="problem"/> says what is wrong with it, empty for none.</returns>
    public static bool TryLoadMap(DiscFolder folder, out RescueMap map, out string problem)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return TryLoadMap(folder.MapPath, out map, out problem);
    }

    /// <returns>False when there is no map at <paramref name="path"/> or it can't be read, as above.</returns>
    public static bool TryLoadMap(string path, out RescueMap map, out string problem)
    {
        (map, problem) = (RescueMap.Empty, "");
        if (!File.Exists(path))
        {
            return false;
        }

        if (new FileInfo(path).Length > MapfileText.MaxLength)
        {
            problem = "it is too long";
            return false;
        }

        return MapfileText.TryParse(File.ReadAllText(path), out map, out problem);
    }

    /// <summary>
    /// Keeps aside a map that must not be used: one that can't be read, and one whose image is missing, shorter than
    /// what it calls read, or of other content than the disc was known to have. ddrescue would fill only the rest and
    /// call the disc complete.
    /// </summary>
    /// <param name="folder">The disc's folder.</param>
    /// <param name="evidence">What is known of the disc's content from earlier attempts.</param>
    /// <param name="now">The moment for the name.</param>
    /// <returns>What was done, for the log; null where image and map may belong together, or there is no map.</returns>
    public static string? SetAsideUnusableMap(DiscFolder folder, DiscEvidence evidence, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!File.Exists(folder.MapPath))
        {
            return null;
        }

        var isMap = TryLoadMap(folder, out var map, out var problem);
        if (isMap && map.Finished.IsEmpty)
        {
            return null;
        }

        using var image = TryOpen(folder);
        var why = !isMap ? $"can't be read: {problem}"
            : image is null ? "has no image any more"
            : !image.IsTrusted(evidence) ? "does not belong to the image"
            : null;
        if (why is null)
        {
            return null;
        }

        var aside = folder.SetAside(folder.MapPath, isMap ? "unused" : "corrupt", now);
        folder.SetAside(folder.Form2MapPath, "unused", now);
        return $"The map of {folder.Name} {why}; it is kept as {Path.GetFileName(aside)} and the disc is read anew";
    }

    /// <returns>
    /// False where the image is shorter than its map says, or holds something else where the disc was known to have
    /// these sectors: a map that calls zeros read is how photographs are lost.
    /// </returns>
    public bool IsTrusted(DiscEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        return length >= finishedEnd && !Fingerprint.Contradicts(this, evidence);
    }

    /// <returns>What of the disc is kept in sectors of Form 2; empty for nothing.</returns>
    public static ByteSet Form2In(DiscFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        using var form2 = Form2Image.TryOpen(folder);
        return form2?.Read ?? ByteSet.Empty;
    }

    /// <inheritdoc/>
    public bool TryRead(long sector, Span<byte> buffer)
    {
        if (sector < 0 || sector >= SectorCount)
        {
            return false;
        }

        var start = sector * Sector.Size;
        var wanted = (int)Math.Min(buffer.Length, Math.Max(0, length - start));
        if (wanted == 0 || sector + (buffer.Length / Sector.Size) > SectorCount
            || !Plain.Contains(new(start, wanted)) || !TryFill(start, buffer[..wanted]))
        {
            return false;
        }

        // The last sector of an image that was cut off: what is there counts, the rest is zeros.
        buffer[wanted..].Clear();
        return true;
    }

    /// <summary>Reads what the image has at a place, whatever the map says of it.</summary>
    /// <returns>False where the image ends before.</returns>
    public bool TryReadStored(long sector, Span<byte> buffer) =>
        (sector * Sector.Size) + buffer.Length <= length && TryFill(sector * Sector.Size, buffer);

    /// <inheritdoc/>
    public void Dispose()
    {
        Handle.Dispose();
        form2?.Dispose();
    }

    private bool TryFill(long start, Span<byte> buffer) => FileBytes.Read(Handle, start, buffer) == buffer.Length;
}
