namespace CdBackuper.Media.Volumes;

/// <summary>The families of file systems that this library reads.</summary>
public enum FileSystemKind
{
    /// <summary>ISO 9660 (ECMA-119) with its extensions, and High Sierra.</summary>
    Iso9660,

    /// <summary>UDF (ECMA-167 as OSTA profiles it).</summary>
    Udf,

    /// <summary>The Macintosh's HFS (Inside Macintosh: Files, chapter 2).</summary>
    Hfs,

    /// <summary>HFS+ and HFSX (Apple Technical Note TN1150).</summary>
    HfsPlus,
}
