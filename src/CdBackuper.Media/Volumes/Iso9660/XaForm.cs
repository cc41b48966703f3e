namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>What a directory record says of the form of a file's sectors.</summary>
internal enum XaForm
{
    /// <summary>Nothing, or Form 1.</summary>
    Plain,

    /// <summary>Form 2: 2324 bytes a sector.</summary>
    Form2,

    /// <summary>Several channels by turns, in sectors of both forms.</summary>
    Interleaved,
}
