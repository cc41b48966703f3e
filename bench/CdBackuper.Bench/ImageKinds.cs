using System.Text.RegularExpressions;

namespace CdBackuper.Bench;

/// <summary>The corpus' images by the kinds that tools-compared.txt has for rows.</summary>
internal static class ImageKinds
{
    /// <summary>A row's name, and what an image's path and kind in MANIFEST.tsv, a bar between them, look like; the first that fits counts.</summary>
    private static readonly (string Row, string Pattern)[] Rows =
    [
        ("hostile ISO", @"^hostile/.*\.iso\|"),
        ("hostile UDF", @"^hostile/.*\.udf\|"),
        ("UDF 1.02 bridge", @"^synth/udf102|\|iso9660.*udf"),
        ("ISO+HFS(+) hybrid", @"\|iso9660.*hfs"),
        ("ISO RR deep", "^synth/rr-.*deep"),
        ("ISO multi-extent", "^synth/.*multiextent"),
        ("ISO multisession", "multisession"),
        ("ISO zisofs", "zisofs"),
        ("ISO truncated", "truncated"),
        ("UDF empty VAT / CD / BD-R", "^synth/mkudffs-.*(vat|cd-rom|worm)"),
        ("UDF sparable", "^synth/mkudffs-.*sparable"),
        ("UDF plain partition", @"\|udf"),
        ("HFS / HFS+ bare", @"\.(img|raw)\|hfs"),
        ("ISO plain/Joliet/RR", @"\.(iso|img|raw)\|iso9660"),
    ];

    /// <returns>Null for images that no row is for: sheets, raw sectors, packed images.</returns>
    public static string? RowOf(string image, string manifestKind) =>
        Rows.FirstOrDefault(row => Regex.IsMatch($"{image}|{manifestKind}", row.Pattern)).Row;
}
