namespace CdBackuper.Archive.Store;

/// <summary>What becomes of files in <c>files/</c> that neither a record nor a name that was read on the disc speaks of.</summary>
public enum UnnamedFiles
{
    /// <summary>They stay, and are nobody's business: a person put them there.</summary>
    Stay,

    /// <summary>They stay, and are listed as unverified: they may be the disc's, by names that were not read.</summary>
    Listed,

    /// <summary>They are set aside: all names were read, and they are none of the disc's.</summary>
    SetAside,
}
