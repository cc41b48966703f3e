namespace CdBackuper.Media.Volumes.Udf;

/// <summary>What the volume recognition sequence says of a disc.</summary>
internal enum Recognition
{
    /// <summary>It names no file system of ECMA-167.</summary>
    None,

    /// <summary>It names one.</summary>
    Present,

    /// <summary>It can't be read.</summary>
    Unreadable,
}
