"""Work on a deployed stage: `python dev/aws.py deploy|smoke|drill|resources`, with a JSON document as its only argument.

`dev/local.py` runs it in the virtual environment with boto3. `namaskah_aws` describes what it does.
"""

import sys

from namaskah_aws.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
