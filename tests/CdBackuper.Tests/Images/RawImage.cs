using CdBackuper.Media.Images;
using CdBackuper.Media.Images.Bare;
using CdBackuper.Media.Images.Cdrdao;
using CdBackuper.Media.Images.CloneCd;
using CdBackuper.Media.Images.Cue;
using CdBackuper.Media.Images.Nero;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Tests.Images;

/// <summary>An image on disk, opened by the pure parts alone: sheet, layout, anchor, sectors.</summary>
internal sealed record RawImage(ImageLayout Layout, TrackSectors Sectors, SheetLog Log)
{
    public static RawImage Open(string path)
    {
        var log = new SheetLog();
        var folder = Path.GetDirectoryName(path)!;
        var bytes = File.ReadAllBytes(path);
        IImageSheet? sheet = Path.GetExtension(path) switch
        {
            ".cue" => CueSheet.Read(bytes, log),
            ".toc" => TocSheet.Read(bytes, log),
            ".ccd" => CloneCdSheet.Read(bytes, Path.GetFileNameWithoutExtension(path) + ".img", log),
            ".nrg" => NeroSheet.TryRead(new MemoryBytes(bytes), log),
            _ => BareSheet.TryRead(new MemoryBytes(bytes), log),
        };
        Assert.NotNull(sheet);
        return Lay(sheet, [.. sheet.FileNames.Select(name => name.Length == 0 ? new MemoryBytes(bytes)
            : File.Exists(Path.Combine(folder, name)) ? new MemoryBytes(File.ReadAllBytes(Path.Combine(folder, name))) : null)], log);
    }

    public static RawImage Lay(IImageSheet sheet, IReadOnlyList<IByteSource?> files, SheetLog log)
    {
        Assert.Null(log.Fatal);
        var layout = sheet.Lay([.. files.Select(file => file?.LengthBytes)], log);
        Assert.Null(log.Fatal);
        layout = LayoutAnchor.Apply(layout, files, log);
        return new(layout, new(layout, files), log);
    }
}
