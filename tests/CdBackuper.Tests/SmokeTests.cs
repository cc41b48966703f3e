namespace CdBackuper.Tests;
public sealed class SmokeTests { [Fact] public void Ok() => Assert.True(true); }
