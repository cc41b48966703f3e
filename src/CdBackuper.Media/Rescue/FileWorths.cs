using System.Collections.Frozen;

namespace CdBackuper.Media.Rescue;

/// <summary>Tells from a name what kind of file it is.</summary>
public static class FileWorths
{
    private static readonly FrozenDictionary<string, FileWorth> Known = Of(
        FileWorth.Photograph,
        "jpg jpeg jpe jp2 jfif tif tiff png bmp gif heic psd pcd pcx tga raw nef nrw cr2 crw dng orf raf arw srf mrw pef rw2 x3f kdc dcr")
        .Concat(Of(
            FileWorth.Document,
            "doc docx dot xls xlsx xlt ppt pptx pps pdf ps eps txt rtf odt ods odp odg sxw sxc sdw htm html xml csv tex wpd wps wks wk1 mdb dbf eml mbox msg pst dbx abw cwk key pages numbers vcf ics md"))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <param name="name">A file's name.</param>
    public static FileWorth Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var dot = name.LastIndexOf('.');
        return dot < 0 ? FileWorth.Other : Known.GetValueOrDefault(name[(dot + 1)..], FileWorth.Other);
    }

    private static IEnumerable<KeyValuePair<string, FileWorth>> Of(FileWorth worth, string extensions) =>
        extensions.Split(' ').Select(extension => KeyValuePair.Create(extension, worth));
}
