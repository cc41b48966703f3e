namespace CdBackuper.Media.Rescue;

/// <summary>What ddrescue is to do next, or why it is to do no more. A closed family.</summary>
public abstract record RescuePass
{
    private RescuePass()
    {
    }

    /// <summary>Read everything once, fast and in order; go round what does not read.</summary>
    public sealed record Copy : RescuePass;

    /// <summary>Read what is left sector by sector, past the kernel's cache, and the bad sectors again.</summary>
    /// <param name="Retries">How many times the bad sectors are tried again; 0 or more.</param>
    public sealed record Scrape(int Retries) : RescuePass;

    /// <summary>No further pass.</summary>
    /// <param name="Reason">For people and for the record.</param>
    public sealed record Finish(string Reason) : RescuePass;
}
