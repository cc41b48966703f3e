namespace CdBackuper.Media.Rescue;

/// <summary>All that the plan decides from.</summary>
/// <param name="Tally">The map as it is now, over the whole length of the disc: what it does not speak of is non-tried.</param>
/// <param name="CopyPasses">How many copy passes ran in this attempt.</param>
/// <param name="ScrapePasses">How many scrape passes ran in this attempt.</param>
/// <param name="TimeLeft">What is left of the time that this attempt may take; zero or less when it is used up.</param>
/// <param name="Retries">How many times bad sectors are to be tried again.</param>
/// <param name="IsRetry">True when an earlier attempt already made a map.</param>
public readonly record struct RescueFacts(
    RescueTally Tally, int CopyPasses, int ScrapePasses, TimeSpan TimeLeft, int Retries, bool IsRetry);
