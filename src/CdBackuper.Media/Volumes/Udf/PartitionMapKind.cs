namespace CdBackuper.Media.Volumes.Udf;

/// <summary>The kinds of partition maps.</summary>
internal enum PartitionMapKind
{
    Unknown,

    /// <summary>Type 1.</summary>
    Plain,

    /// <summary>Of a disc that is written once.</summary>
    Virtual,

    /// <summary>Of a rewritable disc.</summary>
    Sparable,

    /// <summary>Of UDF 2.50 and later.</summary>
    Metadata,
}
