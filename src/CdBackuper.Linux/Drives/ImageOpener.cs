using CdBackuper.Media.Images;
using CdBackuper.Media.Images.Bare;
using CdBackuper.Media.Images.Nero;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Linux.Drives;

/// <summary>Opens an image of any kind: plain, raw, or described by a sheet.</summary>
internal static class ImageOpener
{
    /// <exception cref="DriveFaultException">
    /// No such file (DiscGone); a sheet that can't be followed (NotADisc); no permission; not a regular file (Other).
    /// </exception>
    internal static IDisc Open(string path)
    {
        if (ImageSheets.IsSheet(path) && FileStamp.Find(path) is not null)
        {
            return OpenSheet(path);
        }

        var plain = new ImageDisc(path);
        try
        {
            if (TryOpenRaw(path) is not { } raw)
            {
                return plain;
            }

            plain.Dispose();
            return raw;
        }
        catch (Exception)
        {
            plain.Dispose();
            throw;
        }
    }

    private static RawImageDisc? TryOpenRaw(string path)
    {
        var file = new FileBytes(path);
        try
        {
            if (IsPlain(path, file))
            {
                file.Dispose();
                return null;
            }

            var log = new SheetLog();
            IImageSheet? own = NeroSheet.TryRead(file, log) is { } nero ? nero : BareSheet.TryRead(file, log);

            // A sheet beside it knows more than its bytes tell.
            if (own is not NeroSheet && TryOpenSheetOf(path, isNeeded: own is not null) is { } described)
            {
                file.Dispose();
                return described;
            }

            if (own is null)
            {
                file.Dispose();
                return null;
            }

            return Build(path, own, [file], log);
        }
        catch (Exception)
        {
            file.Dispose();
            throw;
        }
    }

    /// <returns>Null where no sheet beside the image describes it; also where one can't be followed and is not needed, since the image may be plain.</returns>
    private static RawImageDisc? TryOpenSheetOf(string path, bool isNeeded)
    {
        try
        {
            return ImageSheets.FindFor(path) is { } sheet ? OpenSheet(sheet) : null;
        }
        catch (DriveFaultException fault) when (!isNeeded && fault.Fault == DriveFault.NotADisc)
        {
            return null;
        }
    }

    /// <summary>
    /// A plain image shows it at its start. Then its end, where a Nero image has its table, is not asked: an image that lies on a damaged
    /// disc, or is one (a loop device, a FUSE drive), would be waited for. By its name a Nero image is asked for its table all the same.
    /// </summary>
    private static bool IsPlain(string path, FileBytes file)
    {
        Span<byte> start = stackalloc byte[6];
        return !Path.GetExtension(path).Equals(".nrg", StringComparison.OrdinalIgnoreCase)
            && file.TryRead(16 * Sector.Size, start)
            && (start[1..].SequenceEqual("CD001"u8) || start[1..].SequenceEqual("BEA01"u8));
    }

    private static RawImageDisc OpenSheet(string path)
    {
        var log = new SheetLog();
        var sheet = ImageSheets.Read(path, log);
        ThrowIfFatal(path, [], log);
        var files = new List<FileBytes?>();
        try
        {
            foreach (var found in ImageSheets.FindFiles(path, sheet, log))
            {
                files.Add(found is null ? null : new FileBytes(found));
            }

            return Build(path, sheet, files, log);
        }
        catch (Exception)
        {
            files.ForEach(file => file?.Dispose());
            throw;
        }
    }

    private static RawImageDisc Build(string path, IImageSheet sheet, IReadOnlyList<FileBytes?> files, SheetLog log)
    {
        ThrowIfFatal(path, files, log);
        var layout = sheet.Lay([.. files.Select(file => file?.LengthBytes)], log);
        ThrowIfFatal(path, files, log);
        layout = LayoutAnchor.Apply(layout, files, log);
        ThrowIfFatal(path, files, log);
        return new(path, layout, files, log);
    }

    private static void ThrowIfFatal(string path, IReadOnlyList<FileBytes?> files, SheetLog log)
    {
        if (log.Fatal is { } problem)
        {
            var next = files.Contains(null) ? "Put the files that it names beside it, or name the image itself."
                : ImageSheets.IsSheet(path) ? "Put the sheet right, or name the image itself."
                : "Use another copy of it.";
            throw new DriveFaultException(DriveFault.NotADisc, $"Could not open the image {path}: {problem}.", next: next);
        }
    }
}
