[System.Collections.Generic.List[string
